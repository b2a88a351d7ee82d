import { type InvoiceDocument, child, valueOf, xpathOf } from '../../document/model.js';
import { BUYER_ISSUED, headerParts, tipoDocumento } from '../header/parties.js';
import { FOREIGN_CODE, NO_CHANNEL } from '../header/routing.js';
import type { Check } from '../types.js';

const OWN_DOCUMENTS: readonly string[] = [...BUYER_ISSUED, 'TD21', 'TD27'];

/** The buyer is the sender itself: nobody needs to be told. */
const isOwn = (document: InvoiceDocument): boolean => document.bodies.length > 0 && document.bodies.every((body) => OWN_DOCUMENTS.includes(tipoDocumento(body)?.value ?? ''));

/** The country of a foreign buyer without an establishment or a representative in Italy. */
function foreignCountry(document: InvoiceDocument): string | undefined {
  const { buyer, buyerRepresentative } = headerParts(document);
  const paese = valueOf(buyer.idPaese);
  return paese !== undefined && paese !== 'IT' && !buyerRepresentative.element && !child(buyer.element, 'StabileOrganizzazione') ? paese : undefined;
}

function hasNoAddress(document: InvoiceDocument): boolean {
  const { codiceDestinatario, pecDestinatario } = headerParts(document);
  return valueOf(codiceDestinatario) === NO_CHANNEL && !pecDestinatario;
}

const TAX_DRAWER: Check = {
  code: 'tax-drawer',
  severity: 'hint',
  formati: ['FPR12', 'FSM10'],
  title: { it: 'Senza codice e senza PEC la fattura va nell’area riservata del cessionario', en: 'Without code and address the invoice goes to the buyer’s reserved area' },
  reason: {
    it: 'CodiceDestinatario è 0000000 e non c’è PECDestinatario: se il cessionario non ha registrato un indirizzo, SdI mette la fattura nella sua area riservata e risponde con una mancata consegna (MC).',
    en: 'CodiceDestinatario is 0000000 and there is no PECDestinatario: unless the buyer has registered an address, SdI puts the invoice into the buyer’s reserved area and answers with an MC.',
  },
  mend: { it: 'Avvisare il cessionario che la fattura è nella sua area riservata, e dargliene una copia se è un consumatore; oppure indicarne il codice o la PEC.', en: 'Tell the buyer that the invoice is in the reserved area, and hand over a copy to a consumer; or give the buyer’s code or certified address.' },
  source: 'Allegato A 1.9.1 (recapito)',
  run: (document, _context, report) => {
    if (hasNoAddress(document) && foreignCountry(document) === undefined && !isOwn(document)) report({ at: headerParts(document).codiceDestinatario });
  },
};

const FOREIGN_BUYER: Check = {
  code: 'foreign-buyer-code',
  severity: 'hint',
  formati: ['FPR12'],
  title: { it: 'Per un cessionario estero CodiceDestinatario è XXXXXXX', en: 'For a foreign buyer CodiceDestinatario is XXXXXXX' },
  reason: { it: 'Il cessionario è estero ({country}) e CodiceDestinatario è 0000000: di norma si indica XXXXXXX.', en: 'The buyer is foreign ({country}) and CodiceDestinatario is 0000000: normally XXXXXXX is given.' },
  mend: { it: 'Scrivere XXXXXXX in CodiceDestinatario, e mandare al cliente una copia: SdI non consegna all’estero.', en: 'Write XXXXXXX in CodiceDestinatario, and send the customer a copy: SdI delivers nothing abroad.' },
  source: 'Allegato A 1.9.1 (CodiceDestinatario)',
  practice: { it: 'Non si segnala per San Marino, che ha un codice proprio.', en: 'Not said of San Marino, which has a code of its own.' },
  run: (document, _context, report) => {
    const country = foreignCountry(document);
    const { codiceDestinatario } = headerParts(document);
    if (country === undefined || country === 'SM' || !codiceDestinatario || !hasNoAddress(document)) return;
    report({ at: codiceDestinatario, texts: { country }, patch: [{ op: 'replace', path: xpathOf(codiceDestinatario), value: FOREIGN_CODE }] });
  },
};

const PEC_IGNORED: Check = {
  code: 'pec-ignored',
  severity: 'hint',
  formati: ['FPA12', 'FSM10'],
  title: { it: 'PECDestinatario accanto a un codice diverso da 0000000 è ignorato', en: 'PECDestinatario beside a code other than 0000000 is ignored' },
  reason: { it: 'PECDestinatario è {found}, ma CodiceDestinatario è {code}: SdI non guarda la PEC.', en: 'PECDestinatario is {found}, but CodiceDestinatario is {code}: SdI does not look at the address.' },
  mend: { it: 'Togliere PECDestinatario.', en: 'Remove PECDestinatario.' },
  source: 'Allegato A 1.9.1 (recapito)',
  practice: { it: 'Per FPR12 lo dice l’avviso 00426.', en: 'For FPR12 the warning 00426 says it.' },
  run: (document, _context, report) => {
    const { codiceDestinatario, pecDestinatario } = headerParts(document);
    const code = valueOf(codiceDestinatario);
    if (pecDestinatario && code !== undefined && code !== NO_CHANNEL) report({ at: pecDestinatario, texts: { code }, patch: [{ op: 'remove', path: xpathOf(pecDestinatario) }] });
  },
};

const PA_DEFAULT_CODE: Check = {
  code: 'pa-default-code',
  severity: 'hint',
  formati: ['FPA12'],
  title: { it: 'Il codice 999999 va usato solo se l’ufficio non è su IPA', en: 'The code 999999 is only for offices that are not in IPA' },
  reason: {
    it: 'CodiceDestinatario è 999999: SdI non consegna la fattura e rilascia un’attestazione (AT); se l’ente ha un ufficio di fatturazione attivo la scarta (00399).',
    en: 'CodiceDestinatario is 999999: SdI does not deliver the invoice and issues an attestation (AT); if the body has an active e-invoicing office it rejects it (00399).',
  },
  mend: { it: 'Cercare il codice univoco ufficio dell’ente su IPA (indicepa.gov.it) con il suo codice fiscale, e indicarlo.', en: 'Look for the office’s code in IPA (indicepa.gov.it) by the body’s codice fiscale, and give it.' },
  source: 'Elenco controlli 1.5 (2017), codice 00399',
  run: (document, _context, report) => {
    const { codiceDestinatario } = headerParts(document);
    if (valueOf(codiceDestinatario) === '999999') report({ at: codiceDestinatario });
  },
};

export const ROUTING_HINTS: readonly Check[] = [TAX_DRAWER, FOREIGN_BUYER, PEC_IGNORED, PA_DEFAULT_CODE];
