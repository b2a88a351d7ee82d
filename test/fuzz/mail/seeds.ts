import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { makePki, type Pki } from '../../../src/sandbox/pki/pki.js';
import { ownProvider, sdiProvider } from '../../../src/sandbox/provider/identity.js';
import { type AcceptedMail, acceptance, deliveryError, deliveryReceipt, innerOriginal, nonAcceptance, transportEnvelope } from '../../../src/sandbox/provider/receipts.js';
import { readOriginal } from '../../../src/sandbox/provider/submission.js';
import { notificationMail } from '../../../src/sandbox/sdi/notification-mail.js';
import type { NotificationFacts } from '../../../src/sandbox/sdi/notification-xml.js';
import { composeInvoiceMail, type TrustStore } from '../../../src/pec/index.js';
import { daticertXml, type Layout, originalMail, synthesize, testPki } from '../../../src/pec/testing/synthetic.js';

/** Genuine mails to begin with, and whom to believe. */
export interface MailSeeds {
  readonly mails: readonly Buffer[];
  readonly trust: TrustStore;
  readonly sdiAnchors: readonly Buffer[];
  readonly pki: Pki;
}

const AT = new Date('2026-11-03T09:15:02Z');
const SENDER = 'fatture@pec.ditta.example';
const CORPUS = path.resolve(process.cwd(), '../shared/corpus/pec');
const ROOTS = path.join(CORPUS, 'certs');

function corpus(): { mails: Buffer[]; roots: Buffer[] } {
  if (!existsSync(path.join(CORPUS, 'MANIFEST.csv'))) return { mails: [], roots: [] };
  const all = (folder: string, pattern: RegExp): Buffer[] => readdirSync(folder).filter((name) => pattern.test(name)).sort().map((name) => readFileSync(path.join(folder, name)));
  return { mails: all(path.join(CORPUS, 'eml'), /\.eml$/), roots: all(ROOTS, /^root/) };
}

/** Every kind of message that the sandbox makes, the layouts of other providers, and the real ones where they are. */
export async function mailSeeds(): Promise<MailSeeds> {
  const pki = await makePki(AT);
  const own = ownProvider(pki);
  const sogei = sdiProvider(pki);
  const file = { name: 'IT01234567890_0000A.xml', content: Buffer.from(`<p:FatturaElettronica xmlns:p="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2">${'<a>1</a>'.repeat(100)}</p:FatturaElettronica>`) };
  const submitted = (tipoRicevuta: 'completa' | 'breve'): Buffer => composeInvoiceMail({ from: SENDER, to: 'sdi01@pec.fatturapa.it', messageId: '<inv.01JCX4T7.a1@pec.ditta.example>', date: AT, fileName: file.name, content: file.content, tipoRicevuta });
  const mail = (tipoRicevuta: 'completa' | 'breve' = 'completa'): AcceptedMail => ({ serial: 1n, sender: SENDER, recipients: ['sdi01@pec.fatturapa.it'], identificativo: 'gsbx204.1@pec.gestore-sandbox.example', acceptedAt: AT, original: readOriginal(submitted(tipoRicevuta)) });
  const facts = (code: NotificationFacts['code'], family: NotificationFacts['family']): NotificationFacts => ({ code, family, identificativoSdi: '90000001', nomeFile: file.name, hash: 'ab'.repeat(32), receivedAt: AT, at: AT, messageId: '7', pecMessageId: 'gsbx204.1@pec.gestore-sandbox.example', destinatario: { codice: '0000000', descrizione: 'x' }, errors: ['00423', '00404'], esito: 'EC02', riferimento: { numero: '1', anno: '2026' } });
  const from = (code: NotificationFacts['code'], family: NotificationFacts['family']): Promise<Buffer> => notificationMail(pki, { to: SENDER, sdiAddress: 'sdi03@pec.fatturapa.it', at: AT, serial: 5n }, facts(code, family), file, 1);
  const layouts: readonly Layout[] = ['aruba', 'infocert', 'telecompost'];
  const made = await Promise.all([
    acceptance(own, mail(), AT),
    nonAcceptance(own, mail(), AT, { errore: 'virus', erroreEsteso: '5.5.1' }),
    deliveryReceipt(sogei, mail(), 'sdi01@pec.fatturapa.it', AT, { inner: innerOriginal(own, mail()) }),
    deliveryReceipt(sogei, mail('breve'), 'sdi01@pec.fatturapa.it', AT, { inner: innerOriginal(own, mail('breve')) }),
    deliveryError(sogei, mail(), 'sdi01@pec.fatturapa.it', AT, { errore: 'no-dest', erroreEsteso: '5.1.1' }),
    transportEnvelope(own, mail()),
    from('RC', 'private'),
    from('NS', 'private'),
    from('MC', 'private'),
    from('MT', 'private'),
    from('NE', 'pa'),
    from('DT', 'pa'),
    from('AT', 'pa'),
    ...layouts.map((layout) => synthesize({ kind: 'posta-certificata', layout, postacert: originalMail([{ name: 'a.xml', content: Buffer.alloc(500, 'x') }]) })),
    synthesize({ kind: 'errore', daticert: null, postacert: 'Subject: x\r\n\r\ny' }),
    synthesize({ kind: 'errore-consegna', layout: 'telecompost', daticert: [daticertXml({ tipo: 'errore-consegna', oggetto: '\u0016' })] }),
  ]);
  const { mails, roots } = corpus();
  const { ca } = await testPki();
  return { mails: [...made, ...mails], pki, sdiAnchors: [pki['sdi-ca'].certificate], trust: { anchors: [pki['pec-ca'].certificate, ca.certificate, ...roots], allowSha1: true } };
}
