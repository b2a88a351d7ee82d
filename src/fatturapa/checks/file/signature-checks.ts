import type { InvoiceSignature, SignatureFault } from '../../../signature/invoice/types.js';
import type { Text } from '../../schema/types.js';
import { FORMATI_TRASMISSIONE } from '../../types.js';
import type { Check, CheckContext, Report } from '../types.js';

const SOURCE = 'Elenco controlli 1.5 (2017); Allegato A 1.9.1, appendice 1';
const SIGN_AGAIN: Text = { it: 'Firmare di nuovo il file XML originale', en: 'Sign the original XML file again' };

/** How far a signing time may lie after our clock before it surely lies after SdI's too. */
const CLOCK_SKEW_MS = 5 * 60_000;

const ROME = new Intl.DateTimeFormat('it-IT', { timeZone: 'Europe/Rome', dateStyle: 'short', timeStyle: 'medium' });
const instant = (date: Date): string => ROME.format(date);

const signer = ({ certificate, layer }: InvoiceSignature): Text => {
  const common = /(?:^|,\s*)CN=([^,]+)/i.exec(certificate?.subject ?? '')?.[1];
  return { it: common === undefined ? `firma ${layer}` : `firma di ${common}`, en: common === undefined ? `signature ${layer}` : `signature of ${common}` };
};

/** A check made of every signature that was found. */
function each(judge: (signature: InvoiceSignature, context: CheckContext) => Report | undefined): Check['run'] {
  return (_document, context, report) => {
    for (const signature of context.signatures?.signatures ?? []) {
      const found = judge(signature, context);
      if (found) report({ ...found, texts: { signer: signer(signature), ...found.texts } });
    }
  };
}

const EXPIRED: Check = {
  code: '00100',
  severity: 'error',
  formati: FORMATI_TRASMISSIONE,
  title: { it: 'Il certificato di firma non deve essere scaduto', en: 'The signing certificate must not have expired' },
  reason: { it: 'Il certificato ({signer}) era già scaduto alla firma: è valido fino al {end}, la firma è del {signed}.', en: 'The certificate ({signer}) had expired when it signed: it is valid until {end}, the signature is of {signed}.' },
  mend: { it: `${SIGN_AGAIN.it} con un certificato valido.`, en: `${SIGN_AGAIN.en} with a valid certificate.` },
  doubt: {
    reason: { it: 'Il certificato ({signer}) è scaduto il {end}: SdI può scartare il file anche se fu firmato prima.', en: 'The certificate ({signer}) expired on {end}: SdI may reject the file even if it was signed before.' },
    mend: { it: `${SIGN_AGAIN.it} con un certificato valido.`, en: `${SIGN_AGAIN.en} with a valid certificate.` },
  },
  source: SOURCE,
  practice: {
    it: 'Se conti il momento della firma o quello della ricezione non è scritto: scaduto già alla firma è un errore, scaduto dopo è un avviso.',
    en: 'Whether the time of signing or of reception counts is written nowhere: expired at the signature is an error, expired after it a warning.',
  },
  run: each(({ certificate, signingTime }, { at }): Report | undefined => {
    if (!certificate) return undefined;
    const end = instant(certificate.notAfter);
    if (signingTime && signingTime > certificate.notAfter) return { texts: { end, signed: instant(signingTime) } };
    return at > certificate.notAfter ? { doubtful: true, texts: { end } } : undefined;
  }),
};

const FAULTS: Readonly<Record<Exclude<SignatureFault, 'unsupported-algorithm'>, Text>> = {
  'digest-mismatch': { it: 'il contenuto non è quello firmato, cioè il file è stato modificato dopo la firma', en: 'the content is not what was signed: the file was changed afterwards' },
  'signature-mismatch': { it: 'la firma non corrisponde al suo certificato', en: 'the signature does not fit its certificate' },
  unreadable: { it: 'la firma è danneggiata', en: 'the signature is damaged' },
  'no-certificate': { it: 'manca il certificato di chi ha firmato', en: 'the signer’s certificate is missing' },
  'no-signer': { it: 'la busta di firma non contiene alcuna firma', en: 'the envelope holds no signature' },
  wrapped: { it: 'la firma non copre l’intera fattura', en: 'the signature does not cover the whole invoice' },
};

const INTACT: Check = {
  code: '00102',
  severity: 'error',
  formati: FORMATI_TRASMISSIONE,
  title: { it: 'La firma deve corrispondere al contenuto del file', en: 'The signature must fit the content of the file' },
  reason: { it: 'La firma non è valida ({signer}): {fault}.', en: 'The signature is not valid ({signer}): {fault}.' },
  mend: { it: `${SIGN_AGAIN.it}, e inviarlo senza modificarlo dopo la firma.`, en: `${SIGN_AGAIN.en}, and send it without changing it afterwards.` },
  doubt: {
    reason: { it: 'La firma ({signer}) usa un algoritmo che qui non si sa verificare: SdI può non accettarla.', en: 'The signature ({signer}) uses an algorithm that cannot be verified here: SdI may not take it.' },
    mend: { it: `${SIGN_AGAIN.it} con SHA-256 e una chiave RSA o ECDSA.`, en: `${SIGN_AGAIN.en} with SHA-256 and an RSA or ECDSA key.` },
  },
  source: SOURCE,
  run: each(({ intact, fault }) => {
    if (intact) return undefined;
    return fault === 'unsupported-algorithm' ? { doubtful: true } : { texts: { fault: FAULTS[fault ?? 'unreadable'] } };
  }),
};

const SIGNED_AT_ALL: Check = {
  code: '00102',
  severity: 'warning',
  formati: ['FPA12'],
  title: { it: 'Una fattura alla pubblica amministrazione deve essere firmata', en: 'An invoice to a public administration must be signed' },
  reason: { it: 'La fattura è per una pubblica amministrazione (FPA12) e il file non è firmato: così com’è SdI lo scarta.', en: 'The invoice is for a public administration (FPA12) and the file is not signed: as it is, SdI rejects it.' },
  mend: {
    it: 'Firmare il file (CAdES .xml.p7m oppure XAdES) prima di inviarlo, o inviarlo da un’azienda che ha qui un certificato di firma.',
    en: 'Sign the file (CAdES .xml.p7m or XAdES) before sending it, or send it from a company that has a signing certificate here.',
  },
  source: 'DM 55/2013, Allegato B',
  practice: {
    it: 'La firma è obbligatoria, ma il codice 00102 per la firma mancante viene da segnalazioni sul campo e non dagli elenchi: è un avviso. All’invio il servizio firma la fattura o la rifiuta.',
    en: 'The signature is required, but the code 00102 for a missing one comes from reports of the field, not from the lists: it is a warning. When it sends, the service signs the invoice or refuses it.',
  },
  run: (_document, { signatures }, report) => {
    if (signatures?.form === 'none') report({});
  },
};

const HAS_TIME: Check = {
  code: '00103',
  severity: 'error',
  formati: FORMATI_TRASMISSIONE,
  title: { it: 'La firma deve portare la data e l’ora in cui è stata apposta', en: 'The signature must carry its signing time' },
  reason: { it: 'La firma ({signer}) non contiene la data e l’ora di apposizione (signing time).', en: 'The signature ({signer}) does not hold its signing time.' },
  mend: { it: `${SIGN_AGAIN.it} attivando nel programma di firma l’attributo "signing time".`, en: `${SIGN_AGAIN.en} with the attribute "signing time" turned on in the signing program.` },
  source: SOURCE,
  run: each(({ signingTime, fault }) => (signingTime || fault === 'unreadable' || fault === 'no-signer' ? undefined : {})),
};

const TIME_NOT_AHEAD: Check = {
  code: '00105',
  severity: 'error',
  formati: FORMATI_TRASMISSIONE,
  tolerance: '5 min',
  title: { it: 'La data e ora di firma non può essere successiva alla ricezione', en: 'The signing time must not lie after reception' },
  reason: { it: 'La firma ({signer}) porta la data {signed}, che è nel futuro.', en: 'The signature ({signer}) bears the time {signed}, which lies in the future.' },
  mend: { it: `Correggere data e ora del computer che firma. ${SIGN_AGAIN.it}, oppure inviare il file dopo il {signed}.`, en: `Set right the clock of the signing computer. ${SIGN_AGAIN.en}, or send the file after {signed}.` },
  doubt: {
    reason: { it: 'La firma ({signer}) porta la data {signed}, di poco nel futuro.', en: 'The signature ({signer}) bears the time {signed}, a little in the future.' },
    mend: { it: 'Aspettare qualche minuto prima di inviare il file, e correggere l’ora del computer che firma.', en: 'Wait some minutes before sending the file, and set right the clock of the signing computer.' },
  },
  source: SOURCE,
  practice: { it: 'Quanta differenza di orologio SdI tolleri non è noto: fino a cinque minuti è un avviso.', en: 'How much clock difference SdI bears is not known: up to five minutes it is a warning.' },
  run: each(({ signingTime }, { at }) => {
    const ahead = signingTime ? signingTime.getTime() - at.getTime() : 0;
    return signingTime && ahead > 0 ? { doubtful: ahead <= CLOCK_SKEW_MS, texts: { signed: instant(signingTime) } } : undefined;
  }),
};

const TRUSTED: Check = {
  code: '00104',
  severity: 'warning',
  formati: FORMATI_TRASMISSIONE,
  title: { it: 'Il certificato di firma deve essere di un’autorità riconosciuta', en: 'The signing certificate must be from a trusted authority' },
  reason: { it: 'Il certificato ({signer}) è rilasciato da se stesso, non da un’autorità di certificazione.', en: 'The certificate ({signer}) was issued by itself, not by a certification authority.' },
  mend: { it: `${SIGN_AGAIN.it} con il certificato qualificato di un’autorità accreditata.`, en: `${SIGN_AGAIN.en} with the qualified certificate of an accredited authority.` },
  source: SOURCE,
  practice: {
    it: 'L’elenco delle autorità riconosciute non è consultato: si riconosce solo un certificato autofirmato, con un avviso.',
    en: 'The list of trusted authorities is not consulted: only a self-signed certificate is recognised, as a warning.',
  },
  run: each(({ certificate }) => (certificate && certificate.issuer === certificate.subject ? {} : undefined)),
};

const FIT_FOR_SIGNING: Check = {
  code: '00107',
  severity: 'warning',
  formati: FORMATI_TRASMISSIONE,
  title: { it: 'Il certificato deve essere valido per la firma', en: 'The certificate must be valid for signing' },
  reason: { it: 'Il certificato ({signer}) può non essere valido per la firma di una fattura: {fault}.', en: 'The certificate ({signer}) may not be valid for signing an invoice: {fault}.' },
  mend: { it: `${SIGN_AGAIN.it} con un certificato qualificato di firma, valido alla data della firma.`, en: `${SIGN_AGAIN.en} with a qualified signing certificate that is valid on the day of signing.` },
  source: SOURCE,
  practice: {
    it: 'Gli elenchi non dicono che cosa distingua 00107 da 00100, 00101 e 00104: ciò che si vede nel certificato è un avviso.',
    en: 'The lists do not say what separates 00107 from 00100, 00101 and 00104: what the certificate shows is a warning.',
  },
  run: each((signature) => {
    const fault = unfitness(signature);
    return fault && { texts: { fault } };
  }),
};

function unfitness({ certificate, signingTime, signingCertificate, weak }: InvoiceSignature): Text | undefined {
  if (!certificate) return undefined;
  const { keyUsage } = certificate;
  if (certificate.ca) return { it: 'è il certificato di un’autorità, non di una persona', en: 'it is the certificate of an authority, not of a person' };
  if (keyUsage && !keyUsage.nonRepudiation) return { it: 'non è rilasciato per la firma (manca l’uso "non ripudio")', en: 'it was not issued for signing (the use "non-repudiation" is missing)' };
  if (signingTime && signingTime < certificate.notBefore) return { it: 'alla data della firma non era ancora valido', en: 'it was not yet valid at the time of signing' };
  if (signingCertificate === 'differs') return { it: 'la firma ne nomina un altro', en: 'the signature names another one' };
  if (signingCertificate === 'absent') return { it: 'la firma non lo nomina, come invece vuole CAdES o XAdES "baseline B"', en: 'the signature does not name it, as CAdES or XAdES "baseline B" wants' };
  return weak ? { it: 'la firma usa SHA-1 o una chiave troppo corta', en: 'the signature uses SHA-1 or a key that is too short' } : undefined;
}

/** SdI's checks of a signature, as far as the file itself shows them; revocation (00101) and the list of authorities are not asked. */
export const SIGNATURE_CHECKS: readonly Check[] = [EXPIRED, INTACT, SIGNED_AT_ALL, HAS_TIME, TRUSTED, TIME_NOT_AHEAD, FIT_FOR_SIGNING];
