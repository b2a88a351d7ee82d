import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Forgery } from './forgery.js';
import { UNKNOWN_SDI_ISSUER } from './forgery.js';
import { strangersEnvelope, type Victim } from './stage.js';
import { assemble, dissect, editNotification, p7sPart, frame, resigned, withHeader } from './surgery.js';

const CORPUS = path.resolve(__dirname, '../../../../shared/corpus');
export const hasCorpus = existsSync(path.join(CORPUS, 'pec/MANIFEST.csv')) && existsSync(path.join(CORPUS, 'official/MANIFEST.csv'));

const eml = (name: string): Buffer => readFileSync(path.join(CORPUS, 'pec/eml', name));
const sample = (name: string): string => readFileSync(path.join(CORPUS, 'official/samples', name), 'utf8');
export const realMails = (): readonly string[] => (hasCorpus ? readdirSync(path.join(CORPUS, 'pec/eml')).sort() : []);
export const realMail = eml;

/** With CRLF, as it came before it was stored. */
const canonical = (raw: Buffer): Buffer => Buffer.from(raw.toString('latin1').replace(/\r?\n/g, '\r\n'), 'latin1');
const aboutUs = (head: string, v: Victim): string => withHeader(head, 'X-Riferimento-Message-ID', `<${v.attempt.messageId}>`);
const inOurEnvelope = async (genuine: Buffer, v: Victim, xml: (own: string) => string): Promise<Buffer> => {
  const pieces = dissect(genuine);
  return assemble(await resigned(pieces, editNotification(pieces.signed, xml), { key: v.side.sogei.key, chain: [v.side.sogei.authority] }));
};

/** Forgeries made of what providers and SdI really signed. The real signatures of 2018 use SHA-1, which counts for nothing in a mailbox of today. */
export const CORPUS_FORGERIES: readonly Forgery[] = [
  { name: 'a real acceptance of 2018 under our reference', kind: 'accettazione', disposition: 'quarantined', reason: ['contradictory', 'weak_signature'], forge: (_genuine, v) => { const pieces = dissect(canonical(eml('oca-2018-accettazione-aruba.eml'))); return assemble({ ...pieces, head: aboutUs(pieces.head, v) }); } },
  { name: 'a real delivery of 2014 under our reference', kind: 'avvenuta-consegna', disposition: 'quarantined', reason: ['untrusted', 'contradictory', 'weak_signature', 'issuer_unknown'], forge: (_genuine, v) => { const pieces = dissect(canonical(eml('oca-2014-avvenuta-consegna-completa-aruba.eml'))); return assemble({ ...pieces, head: aboutUs(pieces.head, v) }); } },
  { name: 'a real signature under our forged part', kind: 'accettazione', disposition: 'quarantined', reason: 'signature_broken', forge: (genuine) => { const { head, signed } = dissect(genuine); return frame(head, signed, p7sPart(dissect(canonical(eml('oca-2018-accettazione-aruba.eml'))).cms)); } },
  { name: 'a real signature of 2026 (BER, SHA-256) under our forged part', kind: 'accettazione', disposition: 'quarantined', reason: 'signature_broken', forge: (genuine) => { const { head, signed } = dissect(genuine); return frame(head, signed, p7sPart(dissect(eml('pmm-2026-accettazione-aruba-anon.eml')).cms)); } },
  { name: 'a real part of SdI’s under our provider’s signature and SdI’s name', kind: 'RC', disposition: 'quarantined', reason: ['contradictory', 'not_the_signer'], forge: async (genuine, v) => { const { signed } = dissect(canonical(eml('oca-2018-busta-trasporto-sdi-ricevuta-consegna.eml'))); return assemble(await resigned(dissect(genuine), signed, { key: v.side.own.key, chain: [v.side.own.authority] })); } },
  { name: 'the real delivery of SdI of 2018 in an envelope for us', kind: 'RC', disposition: 'quarantined', reason: UNKNOWN_SDI_ISSUER, forge: (genuine, v) => inOurEnvelope(genuine, v, () => sample('messages-real/IT03339130126_00009_RC_003.xml')) },
  { name: 'the real MC of 2019, its file name changed to ours', kind: 'RC', disposition: 'quarantined', reason: 'sdi_signature_invalid', forge: (genuine, v) => inOurEnvelope(genuine, v, () => sample('messages-real/IT14627831002_02621_MC_001.xml').replace(/<NomeFile>[^<]*/, `<NomeFile>${v.file.name}`)) },
  { name: 'the official rejection, its file name changed to ours', kind: 'NS', disposition: 'quarantined', reason: 'sdi_signature_invalid', forge: (genuine, v) => inOurEnvelope(genuine, v, () => sample('messages-pa/IT01234567890_11111_NS_001.xml').replace(/<NomeFile>[^<]*/, `<NomeFile>${v.file.name}`)) },
  { name: 'the signature of the official rejection over ours', kind: 'NS', disposition: 'quarantined', reason: 'sdi_signature_invalid', forge: (genuine, v) => inOurEnvelope(genuine, v, (own) => own.replace(/<ds:Signature[\s\S]*<\/ds:Signature>/, () => /<ds:Signature[\s\S]*<\/ds:Signature>/.exec(sample('messages-pa/IT01234567890_11111_NS_001.xml'))?.[0] ?? '')) },
  { name: 'a real mail of SdI in a stranger’s envelope', kind: 'RC', disposition: 'not_ours', reason: 'other_certified_mail', forge: (_genuine, _v, stage) => strangersEnvelope(stage, canonical(eml('oca-2018-busta-trasporto-sdi-ricevuta-consegna.eml')), 'studio@pec.altro.example') },
];
