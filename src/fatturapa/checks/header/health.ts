import { type InvoiceDocument, valueOf } from '../../document/model.js';
import { isPersonalCode } from '../../fiscal-ids.js';
import { FORMATI_TRASMISSIONE } from '../../types.js';
import type { Check } from '../types.js';
import { BUYER_ISSUED, headerParts, tipoDocumento } from './parties.js';

/** Self-invoices, and documents that the buyer issues: the buyer in them is the sender itself. */
const OWN_DOCUMENTS: readonly string[] = [...BUYER_ISSUED, 'TD21', 'TD27'];

type Buyer = 'private-person' | 'perhaps' | 'no';

/**
 * Whether the buyer is a natural person who buys as one. An Italian VAT number makes a sole trader a business; a foreign id beside Nome and Cognome may be invented for a person
 * without any (sdi.md 1.3).
 */
function buyerIs(document: InvoiceDocument): Buyer {
  const { buyer } = headerParts(document);
  const named = buyer.nome !== undefined && buyer.cognome !== undefined;
  if (!buyer.idFiscaleIva) return named || isPersonalCode(valueOf(buyer.codiceFiscale) ?? '') ? 'private-person' : 'no';
  if (!named) return 'no';
  const invented = /^(?:OO)?9+$|^0+$/.test(valueOf(buyer.idCodice) ?? '');
  return invented && valueOf(buyer.idPaese) !== 'IT' ? 'private-person' : 'perhaps';
}

const NATURAL_PERSON: Check = {
  code: 'health-natural-person',
  severity: 'error',
  formati: FORMATI_TRASMISSIONE,
  title: { it: 'Chi eroga prestazioni sanitarie non emette fatture elettroniche via SdI a persone fisiche', en: 'A health provider issues no e-invoices through SdI to natural persons' },
  reason: {
    it: 'L’azienda è indicata come erogatrice di prestazioni sanitarie e il cessionario è una persona fisica: per legge questa fattura non deve passare da SdI.',
    en: 'The company is marked as a provider of health services and the buyer is a natural person: by law this invoice must not go through SdI.',
  },
  mend: {
    it: 'Emettere la fattura su carta o in PDF, fuori da SdI, e inviare i dati al Sistema Tessera Sanitaria. Se il cessionario acquista come impresa o professionista, indicarne la partita IVA in IdFiscaleIVA.',
    en: 'Issue the invoice on paper or as PDF, outside SdI, and send its data to the health card system. If the buyer buys as a business or a professional, give the VAT number in IdFiscaleIVA.',
  },
  doubt: {
    reason: {
      it: 'L’azienda è indicata come erogatrice di prestazioni sanitarie e il cessionario, indicato con Nome e Cognome, è una persona fisica con partita IVA: se riceve la prestazione come privato la fattura non deve passare da SdI.',
      en: 'The company is marked as a provider of health services and the buyer, given by Nome and Cognome, is a natural person with a VAT id: if served as a private person, the invoice must not go through SdI.',
    },
    mend: {
      it: 'Inviare via SdI solo se la prestazione riguarda l’attività del cessionario (per esempio la medicina del lavoro); altrimenti emettere la fattura su carta o in PDF.',
      en: 'Send through SdI only if the service concerns the buyer’s business (occupational medicine, for example); otherwise issue the invoice on paper or as PDF.',
    },
  },
  source: 'Art. 10-bis DL 119/2018 e art. 9-bis DL 135/2018',
  practice: {
    it: 'Vale solo per le aziende indicate come erogatrici di prestazioni sanitarie. SdI non fa questo controllo. Persona fisica: senza IdFiscaleIVA, con codice fiscale di 16 caratteri oppure Nome e Cognome; o con un identificativo estero inventato. Con una partita IVA vera è solo un avviso. Autofatture e documenti emessi dal cessionario sono esclusi.',
    en: 'Only for companies marked as health providers. SdI does not make this test. A natural person: no IdFiscaleIVA, and a codice fiscale of 16 characters or Nome and Cognome; or an invented foreign id. With a true VAT id it is a warning only. Self-invoices and documents issued by the buyer are left out.',
  },
  run: (document, context, report) => {
    if (!context.healthProvider) return;
    const who = buyerIs(document);
    if (who === 'no') return;
    if (document.bodies.length > 0 && document.bodies.every((body) => OWN_DOCUMENTS.includes(tipoDocumento(body)?.value ?? ''))) return;
    const { buyer } = headerParts(document);
    report({ at: buyer.codiceFiscale ?? buyer.idFiscaleIva ?? buyer.element, doubtful: who === 'perhaps' });
  },
};

export const HEALTH_CHECKS: readonly Check[] = [NATURAL_PERSON];
