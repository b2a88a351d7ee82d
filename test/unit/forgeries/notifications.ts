import { zipSync } from 'fflate';
import { notificationXml, type NotificationFacts } from '../../../src/sandbox/sdi/notification-xml.js';
import { certify, GENUINE, notification, otherProvider, sdiAddressFor, type Stage, strangersEnvelope, type Victim } from './stage.js';
import { signSdiXades } from '../../../src/signature/xml/index.js';
import { makeCertificate } from '../../../src/signature/index.js';
import { FALSE_AUTHORITY, type Forgery, UNKNOWN_SDI_ISSUER } from './forgery.js';
import { assemble, attachmentPart, dissect, editDaticert, editNotification, editPostacert, type Pieces, resigned, type SignAs, withHeader, withParts } from './surgery.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The notification as XML without its signature. */
const bare = (xml: string): string => xml.replace(/<ds:Signature[\s\S]*<\/ds:Signature>/, '');
const signatureOf = (xml: string): string => /<ds:Signature[\s\S]*<\/ds:Signature>/.exec(xml)?.[0] ?? '';
const sdiSigned = (v: Victim, xml: string, at = new Date()): string => signSdiXades(xml, { privateKey: v.side.pki.sdi.privateKey, certificate: v.side.pki.sdi.certificate, signingTime: at });
const asSogei = (v: Victim): SignAs => ({ key: v.side.sogei.key, chain: [v.side.sogei.authority] });
/** The envelope with other content, signed by SdI's own provider: the provider vouches for the way, not for what SdI says. */
const carried = async (genuine: Buffer, v: Victim, edit: (signed: Buffer) => Buffer, pieces: Pieces = dissect(genuine)): Promise<Buffer> => assemble(await resigned(pieces, edit(pieces.signed), asSogei(v)));
const rewritten = (genuine: Buffer, v: Victim, edit: (xml: string) => string): Promise<Buffer> => carried(genuine, v, (signed) => editNotification(signed, edit));
const mustChange = (edit: (text: string) => string) => (text: string): string => {
  const changed = edit(text);
  if (changed === text) throw new Error('the forgery changed nothing');
  return changed;
};
/** Other facts, told and signed by SdI itself. */
const told = (v: Victim, over: Partial<NotificationFacts>, code: NotificationFacts['code'] = 'RC'): Promise<Buffer> => notification(v, v.facts(code, over));
/** The mail of SdI by itself, out of its envelope. */
const original = (genuine: Buffer): Buffer => {
  let mail = Buffer.alloc(0);
  editPostacert(dissect(genuine).signed, (octets) => {
    mail = Buffer.from(octets);
    return octets;
  });
  return mail;
};
const headEdited = (genuine: Buffer, edit: (head: string) => string): Buffer => {
  const pieces = dissect(genuine);
  return assemble({ ...pieces, head: edit(pieces.head) });
};
const elsewhere = (stage: Stage, genuine: Buffer, sender: string, provider = stage.stranger): Promise<Buffer> => strangersEnvelope(stage, original(genuine), sender, provider);

const POSING: readonly Forgery[] = [
  { name: 'a certified mailbox with SdI’s display name', kind: 'NS', disposition: 'not_ours', reason: 'other_certified_mail', forge: async (genuine, _v, stage) => headEdited(await elsewhere(stage, genuine, 'truffa@pec.altro.example'), (head) => withHeader(head, 'From', `"Per conto di: sdi01@pec.fatturapa.it" <${stage.stranger.address}>`)) },
  { name: 'a look-alike domain', kind: 'NS', disposition: 'not_ours', reason: 'other_certified_mail', forge: (genuine, _v, stage) => elsewhere(stage, genuine, 'sdi01@pec.fattura-pa.it') },
  { name: 'a domain that only begins as SdI’s', kind: 'RC', disposition: 'not_ours', reason: 'other_certified_mail', forge: (genuine, _v, stage) => elsewhere(stage, genuine, 'sdi01@pec.fatturapa.it.altro.example') },
  { name: 'a Cyrillic letter in SdI’s domain', kind: 'NS', disposition: 'not_ours', reason: 'other_certified_mail', forge: (genuine, _v, stage) => elsewhere(stage, genuine, 'sdi01@pec.f\u0430tturapa.it') },
  { name: 'an address of SdI’s domain that no sdiNN is', kind: 'NS', disposition: 'not_ours', reason: 'other_certified_mail', forge: (genuine, _v, stage) => elsewhere(stage, genuine, 'sdi001@pec.fatturapa.it') },
  { name: 'full-width digits in SdI’s address', kind: 'NS', disposition: 'not_ours', reason: 'other_certified_mail', forge: (genuine, _v, stage) => elsewhere(stage, genuine, 'sdi\uff10\uff11@pec.fatturapa.it') },
  { name: 'a hijacked certified mailbox that announces another address of SdI', kind: 'RC', disposition: 'not_ours', reason: 'other_certified_mail', forge: (_genuine, _v, stage) => strangersEnvelope(stage, Buffer.from('From: studio@pec.altro.example\r\nSubject: Invio File 1234567890\r\n\r\nL\'indirizzo da utilizzare per i prossimi invii e sdi66@pec.fatturapa.it\r\n'), 'studio@pec.altro.example') },
  { name: 'a genuine notification in a stranger’s envelope', kind: 'RC', disposition: 'not_ours', reason: 'other_certified_mail', forge: (genuine, _v, stage) => elsewhere(stage, genuine, 'x@pec.altro.example') },
  { name: 'a dishonest provider that certifies SdI as sender', kind: 'NS', disposition: 'quarantined', reason: 'sdi_wrong_signer', forge: (genuine, v, stage) => elsewhere(stage, genuine, sdiAddressFor(v)) },
  { name: 'our own provider that certifies SdI as sender', kind: 'NS', disposition: 'quarantined', reason: 'sdi_wrong_signer', forge: (genuine, v, stage) => elsewhere(stage, genuine, sdiAddressFor(v), v.side.own) },
  { name: 'SdI’s provider with one letter more', kind: 'NS', disposition: 'quarantined', reason: 'sdi_wrong_signer', forge: async (genuine, v, stage) => elsewhere(stage, genuine, sdiAddressFor(v), await otherProvider(v.side.pki, 'pcert.sogeii.it')) },
  { name: 'SdI’s provider under an authority that nobody named', kind: 'NS', disposition: 'quarantined', reason: FALSE_AUTHORITY, forge: (genuine, v, stage) => elsewhere(stage, genuine, sdiAddressFor(v), { ...v.side.sogei, key: v.side.pki.rogue, authority: v.side.pki['rogue-ca'] }) },
  { name: 'SdI’s provider in From over a stranger’s signature', kind: 'NS', disposition: 'quarantined', reason: 'not_the_signer', forge: async (genuine, v, stage) => headEdited(await elsewhere(stage, genuine, sdiAddressFor(v)), (head) => withHeader(head, 'From', `"Per conto di: ${sdiAddressFor(v)}" <${v.side.sogei.address}>`)) },
  { name: 'the sandbox’s own SdI in a real mailbox', kind: 'RC', disposition: 'quarantined', reason: FALSE_AUTHORITY, forge: (_genuine, v, { sides }) => notification(v, v.facts('RC'), { pki: sides.sandbox.pki }) },
  { name: 'the real SdI in a sandbox mailbox', kind: 'RC', side: 'sandbox', disposition: 'quarantined', reason: FALSE_AUTHORITY, forge: (_genuine, v, { sides }) => notification(v, v.facts('RC'), { pki: sides.public.pki }) },
  { name: 'SdI’s mail without its envelope', kind: 'RC', disposition: 'not_ours', reason: 'ordinary_mail', forge: (genuine) => original(genuine) },
  { name: 'SdI’s mail in an anomaly envelope', kind: 'RC', disposition: 'not_ours', reason: 'anomaly_envelope', forge: (genuine) => headEdited(genuine, (head) => withHeader(withHeader(head, 'X-Trasporto', 'errore'), 'X-Riferimento-Message-ID', null)) },
  { name: 'SdI’s envelope under the header of a receipt', kind: 'RC', disposition: 'quarantined', reason: 'contradictory', forge: (genuine) => headEdited(genuine, (head) => withHeader(withHeader(head, 'X-Trasporto', null), 'X-Ricevuta', 'avvenuta-consegna')) },
  { name: 'another Message-ID over SdI’s envelope', kind: 'RC', disposition: 'quarantined', reason: 'contradictory', forge: (genuine) => headEdited(genuine, (head) => withHeader(head, 'Message-ID', '<x@pcert.sogei.it>')) },
  { name: 'SdI’s envelope for another mailbox', kind: 'RC', disposition: 'quarantined', reason: 'sdi_not_for_us', forge: (_genuine, v) => notification(v, v.facts('RC'), { to: 'altri@pec.ditta.example' }) },
  { name: 'SdI’s envelope for a sandbox mailbox in a real one', kind: 'RC', disposition: 'quarantined', reason: 'sdi_not_for_us', forge: (_genuine, v, { sides }) => notification(v, v.facts('RC'), { to: sides.sandbox.mailbox.address }) },
  { name: 'one octet of SdI’s envelope changed', kind: 'NS', disposition: 'quarantined', reason: 'signature_broken', forge: (genuine) => { const pieces = dissect(genuine); return assemble({ ...pieces, signed: editNotification(pieces.signed, mustChange((xml) => xml.replace('00423', '00404'))) }); } },
  { name: 'an envelope that states an error', kind: 'RC', disposition: 'quarantined', reason: 'contradictory', forge: (genuine, v) => carried(genuine, v, (signed) => editDaticert(signed, mustChange((xml) => xml.replace('errore="nessuno"', 'errore="altro"')))) },
  { name: 'two originals in one envelope', kind: 'RC', disposition: 'quarantined', reason: 'odd_structure', forge: (genuine, v) => carried(genuine, v, (signed) => withParts(signed, Buffer.concat([Buffer.from('Content-Type: message/rfc822; name="postacert.eml"\r\n\r\n'), original(genuine)]))) },
];

const authority = (commonName: string) => makeCertificate({ profile: 'ca', subject: { country: 'IT', organization: 'Agenzia delle Entrate', organizationalUnit: 'Servizi Telematici', commonName }, notBefore: new Date(Date.now() - DAY), notAfter: new Date(Date.now() + DAY) });
/** A signer as SdI's looks, by whoever is told. */
async function impostor(issuer?: Awaited<ReturnType<typeof authority>>, more: Parameters<typeof certify>[2] = {}) {
  return certify(issuer, 'x@y.example', { profile: 'signer', keyType: 'rsa-2048', subject: { country: 'IT', organization: 'Agenzia delle Entrate', organizationalUnit: 'Servizi Telematici', commonName: 'Sistema Interscambio Fattura PA' }, emails: [], ...more });
}

/** What is changed inside of the notification while everything around it stays genuine. */
const XML_SIGNATURES: readonly Forgery[] = [
  { name: 'the signature taken out', kind: 'NS', disposition: 'quarantined', reason: 'sdi_signature_absent', forge: (genuine, v) => rewritten(genuine, v, mustChange(bare)) },
  { name: 'a code of the rejection changed', kind: 'NS', disposition: 'quarantined', reason: 'sdi_signature_invalid', forge: (genuine, v) => rewritten(genuine, v, mustChange((xml) => xml.replace('00423', '00002'))) },
  { name: 'an office’s refusal turned into its acceptance', kind: 'NE', flow: 'pa', disposition: 'quarantined', reason: 'sdi_signature_invalid', forge: (genuine, v) => rewritten(genuine, v, mustChange((xml) => xml.replace('EC02', 'EC01'))) },
  { name: 'the file of a genuine notification changed to ours', kind: 'RC', disposition: 'quarantined', reason: 'sdi_signature_invalid', forge: async (_genuine, v, stage) => { const other = await stage.victim(v.flow); const raw = await notification(v, { ...other.facts('RC') }); return rewritten(raw, v, mustChange((xml) => xml.replaceAll(other.file.name, v.file.name))); } },
  { name: 'the signature of another notification', kind: 'RC', disposition: 'quarantined', reason: 'sdi_signature_invalid', forge: async (genuine, v) => { let other = ''; editNotification(dissect(await told(v, { identificativoSdi: '123' })).signed, (xml) => { other = xml; return xml; }); return rewritten(genuine, v, mustChange((xml) => xml.replace(signatureOf(xml), signatureOf(other)))); } },
  { name: 'signed by somebody of SdI’s name', kind: 'NS', disposition: 'quarantined', reason: UNKNOWN_SDI_ISSUER, forge: async (genuine, v) => { const key = await impostor(); return rewritten(genuine, v, (xml) => signSdiXades(bare(xml), { ...key, signingTime: new Date() })); } },
  { name: 'signed under an authority of the agency’s name', kind: 'NS', disposition: 'quarantined', reason: UNKNOWN_SDI_ISSUER, forge: async (genuine, v) => { const key = await impostor(await authority('CA Agenzia delle Entrate Sandbox')); return rewritten(genuine, v, (xml) => signSdiXades(bare(xml), { ...key, signingTime: new Date() })); } },
  { name: 'signed by a certificate that SdI’s signer issued', kind: 'NS', disposition: 'quarantined', reason: UNKNOWN_SDI_ISSUER, forge: async (genuine, v) => { const key = await impostor(v.side.pki.sdi); return rewritten(genuine, v, (xml) => signSdiXades(bare(xml), { ...key, signingTime: new Date() })); } },
  { name: 'signed by SdI’s provider instead of SdI', kind: 'NS', disposition: 'quarantined', reason: UNKNOWN_SDI_ISSUER, forge: (genuine, v) => rewritten(genuine, v, (xml) => signSdiXades(bare(xml), { ...v.side.sogei.key, signingTime: new Date() })) },
  { name: 'an expired certificate of SdI', kind: 'NS', disposition: 'quarantined', reason: 'sdi_signature_invalid', forge: async (genuine, v) => { const key = await impostor(v.side.pki['sdi-ca'], { notAfter: new Date(Date.now() - HOUR) }); return rewritten(genuine, v, (xml) => signSdiXades(bare(xml), { ...key, signingTime: new Date() })); } },
  { name: 'SdI’s certificate beside the forger’s key', kind: 'NS', disposition: 'quarantined', reason: 'sdi_signature_invalid', forge: async (genuine, v) => { const key = await impostor(); return rewritten(genuine, v, (xml) => signSdiXades(bare(xml), { privateKey: key.privateKey, certificate: v.side.pki.sdi.certificate, signingTime: new Date() })); } },
  { name: 'a genuine notification wrapped in a forged one', kind: 'NS', disposition: 'quarantined', reason: ['sdi_signature_invalid', 'sdi_message_unreadable'], forge: (_genuine, v) => told(v, {}, 'RC').then((raw) => rewritten(raw, v, (xml) => { const inner = xml.replace(/^<\?xml[^>]*>\s*/, ''); return notificationXml(v.facts('NS')).replace(/<\/([\w:]+)>\s*$/, `${inner.replace(signatureOf(inner), '')}${signatureOf(inner)}</$1>`); })) },
  { name: 'the signed notification moved into ds:Object, a forged one around it', kind: 'NS', disposition: 'quarantined', reason: 'sdi_signature_invalid', forge: (_genuine, v) => told(v, {}, 'RC').then((raw) => rewritten(raw, v, (xml) => { const signature = signatureOf(xml); const inner = xml.replace(/^<\?xml[^>]*>\s*/, '').replace(signature, ''); return notificationXml(v.facts('NS')).replace(/<\/([\w:]+)>\s*$/, `${signature.replace('</ds:Signature>', `<ds:Object>${inner}</ds:Object></ds:Signature>`)}</$1>`); })) },
  { name: 'the reference to the document turned to a part of it', kind: 'NS', disposition: 'quarantined', reason: 'sdi_signature_invalid', forge: (genuine, v) => rewritten(genuine, v, mustChange((xml) => xml.replace('URI=""', 'URI="#KeyInfoId"'))) },
  { name: 'a transform that cuts more away', kind: 'NS', disposition: 'quarantined', reason: 'sdi_signature_invalid', forge: (genuine, v) => rewritten(genuine, v, mustChange((xml) => xml.replace('/descendant::ds:Signature', '/descendant::*'))) },
  { name: 'a second signature beside the first', kind: 'NS', disposition: 'quarantined', reason: 'sdi_signature_invalid', forge: (genuine, v) => rewritten(genuine, v, mustChange((xml) => xml.replace('</ds:Signature>', `</ds:Signature>${signatureOf(xml).replaceAll('Id="', 'Id="x')}`))) },
  { name: 'an element behind the signature', kind: 'NS', disposition: 'quarantined', reason: ['sdi_signature_invalid', 'sdi_message_unreadable'], forge: (genuine, v) => rewritten(genuine, v, mustChange((xml) => xml.replace('</ds:Signature>', '</ds:Signature><Nota>x</Nota>'))) },
  { name: 'the same id on two elements', kind: 'NS', disposition: 'quarantined', reason: 'sdi_signature_invalid', forge: (genuine, v) => rewritten(genuine, v, mustChange((xml) => xml.replace('<IdentificativoSdI>', '<IdentificativoSdI Id="KeyInfoId">'))) },
  { name: 'a weaker signature method', kind: 'NS', disposition: 'quarantined', reason: 'sdi_signature_invalid', forge: (genuine, v) => rewritten(genuine, v, mustChange((xml) => xml.replace('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', 'http://www.w3.org/2000/09/xmldsig#hmac-sha1'))) },
  { name: 'values in an attribute’s comment: text split by comments', kind: 'NS', disposition: 'quarantined', reason: ['sdi_other_file', 'sdi_signature_invalid', 'sdi_message_unreadable'], forge: (genuine, v) => rewritten(genuine, v, mustChange((xml) => xml.replace(v.file.name, `x<!-- -->${v.file.name}`))) },
];

const CONTENTS: readonly Forgery[] = [
  { name: 'no attachment', kind: 'RC', disposition: 'quarantined', reason: 'sdi_no_message', forge: (genuine, v) => carried(genuine, v, (signed) => editPostacert(signed, () => Buffer.from('From: sdi@x\r\nSubject: Ricevuta di consegna\r\n\r\nIl file e stato consegnato'))) },
  { name: 'the notification as a page', kind: 'RC', disposition: 'quarantined', reason: 'sdi_no_message', forge: (genuine, v) => carried(genuine, v, (signed) => editPostacert(signed, () => Buffer.concat([Buffer.from('Content-Type: multipart/mixed; boundary=q\r\n\r\n--q\r\n'), attachmentPart('RC.html', Buffer.from('<html><body>RicevutaConsegna</body></html>')), Buffer.from('\r\n--q--\r\n')]))) },
  { name: 'the notification in a mail inside of the mail', kind: 'RC', disposition: 'quarantined', reason: 'sdi_no_message', forge: (genuine, v) => carried(genuine, v, (signed) => editPostacert(signed, (mail) => Buffer.concat([Buffer.from('Content-Type: multipart/mixed; boundary=q\r\n\r\n--q\r\nContent-Type: message/rfc822\r\n\r\n'), mail, Buffer.from('\r\n--q--\r\n')]))) },
  { name: 'two notifications that differ', kind: 'RC', disposition: 'quarantined', reason: 'sdi_several_messages', forge: (genuine, v) => carried(genuine, v, (signed) => editPostacert(signed, (mail) => withParts(mail, attachmentPart('x_NS_001.xml', Buffer.from(sdiSigned(v, notificationXml(v.facts('NS')))))))) },
  { name: 'a notification in an unknown namespace', kind: 'RC', disposition: 'quarantined', reason: ['sdi_no_message', 'sdi_message_unreadable'], forge: (genuine, v) => rewritten(genuine, v, (xml) => sdiSigned(v, bare(xml).replaceAll('messaggi/v1.0', 'messaggi/v9.9'))) },
  { name: 'an id given twice', kind: 'RC', disposition: 'quarantined', reason: 'sdi_message_unreadable', forge: (genuine, v) => rewritten(genuine, v, (xml) => sdiSigned(v, bare(xml).replace('</IdentificativoSdI>', '</IdentificativoSdI><IdentificativoSdI>5</IdentificativoSdI>'))) },
  { name: 'an outcome that is neither', kind: 'NE', flow: 'pa', disposition: 'quarantined', reason: 'sdi_message_unreadable', forge: (genuine, v) => rewritten(genuine, v, (xml) => sdiSigned(v, bare(xml).replace('EC02', 'EC03'))) },
  { name: 'an outcome copied from another file', kind: 'NE', flow: 'pa', disposition: 'quarantined', reason: 'sdi_message_unreadable', forge: (genuine, v) => rewritten(genuine, v, (xml) => sdiSigned(v, bare(xml).replace(/(<EsitoCommittente[^>]*>\s*<IdentificativoSdI>)\d+/, '$11'))) },
  { name: 'a DOCTYPE with entities', kind: 'RC', disposition: 'quarantined', reason: 'sdi_message_unreadable', forge: (genuine, v) => rewritten(genuine, v, (xml) => xml.replace(/(<\?xml[^>]*>)/, `$1<!DOCTYPE x [${Array.from({ length: 30 }, (_, i) => `<!ENTITY a${i} "${i === 0 ? 'x' : `&a${i - 1};`.repeat(10)}">`).join('')}]>`)) },
  { name: 'a zip that inflates to gigabytes', kind: 'RC', disposition: 'quarantined', reason: 'sdi_no_message', forge: (genuine, v) => carried(genuine, v, (signed) => editPostacert(signed, () => Buffer.concat([Buffer.from('Content-Type: multipart/mixed; boundary=q\r\n\r\n--q\r\n'), attachmentPart('x_AT_001.zip', Buffer.from(zipSync({ 'a.xml': Buffer.alloc(60_000_000, 32) }))), Buffer.from('\r\n--q--\r\n')]))) },
  { name: 'a rejection of an outcome, which is not for senders', kind: 'RC', flow: 'pa', disposition: 'not_ours', reason: 'not_for_senders', forge: (genuine, v) => rewritten(genuine, v, (xml) => sdiSigned(v, bare(xml).replace(/RicevutaConsegna/g, 'ScartoEsitoCommittente').replace('<MessageId>', '<Scarto>EN01</Scarto><MessageId>'))) },
  { name: 'an invoice of a supplier under our file’s name', kind: 'RC', disposition: 'received_invoice', reason: 'supplier_invoice', forge: (_genuine, v) => told(v, {}, 'MT') },
];

const OTHER_FILES: readonly Forgery[] = [
  { name: 'a genuine notification about a file that we never sent', kind: 'NS', disposition: 'not_ours', reason: 'unknown_file', forge: (_genuine, v) => told(v, { nomeFile: 'IT01234567890_ZZZZZ.xml', hash: 'a'.repeat(64), pecMessageId: 'x@pec.altro.example' }, 'NS') },
  { name: 'our file’s name with the hash of other bytes', kind: 'RC', flow: 'private', disposition: 'quarantined', reason: 'sdi_hash_mismatch', forge: (_genuine, v) => told(v, { hash: 'ab'.repeat(32) }) },
  { name: 'our hash under another name', kind: 'RC', flow: 'private', disposition: 'quarantined', reason: 'sdi_other_file', forge: (_genuine, v) => told(v, { nomeFile: 'IT01234567890_ZZZZZ.xml', pecMessageId: 'x@pec.altro.example' }) },
  { name: 'our hand-over’s id beside another name and hash', kind: 'NS', disposition: 'quarantined', reason: 'sdi_other_file', forge: async (_genuine, v, stage) => { await stage.deliver(await GENUINE.accettazione.make(v)); return told(v, { nomeFile: 'IT01234567890_ZZZZZ.xml', hash: 'ab'.repeat(32) }, 'NS'); } },
  { name: 'our file beside the id of another invoice’s hand-over', kind: 'RC', disposition: 'quarantined', reason: 'sdi_other_file', forge: async (_genuine, v, stage) => { const other = await stage.victim(v.flow); await stage.deliver(await GENUINE.accettazione.make(other)); return told(v, { pecMessageId: other.mail.identificativo }); } },
  { name: 'a known IdentificativoSdI under another name', kind: 'RC', disposition: 'quarantined', reason: ['sdi_other_file', 'unknown_file'], forge: async (_genuine, v, stage) => { const other = await stage.victim(v.flow); await stage.deliver(await GENUINE.RC.make(other)); return told(v, { identificativoSdi: other.facts('RC').identificativoSdi }, 'NS'); } },
  { name: 'the other flow’s delivery', kind: 'RC', flow: 'private', disposition: 'quarantined', reason: 'sdi_wrong_family', forge: (_genuine, v) => told(v, { family: 'pa' }) },
  { name: 'a private delivery of a PA invoice', kind: 'RC', flow: 'pa', disposition: 'quarantined', reason: 'sdi_wrong_family', forge: (_genuine, v) => told(v, { family: 'private' }) },
  { name: 'terms expired for a private invoice', kind: 'RC', flow: 'private', disposition: 'quarantined', reason: 'sdi_wrong_family', forge: (_genuine, v) => told(v, { family: 'pa' }, 'DT') },
  { name: 'an outcome about a document that the file does not hold', kind: 'NE', flow: 'pa', disposition: 'quarantined', reason: 'sdi_unknown_document', forge: (_genuine, v) => told(v, { esito: 'EC02', riferimento: { numero: '999/X', anno: '2026' } }, 'NE') },
  { name: 'an attestation about other bytes', kind: 'AT', flow: 'pa', disposition: 'quarantined', reason: 'sdi_hash_mismatch', forge: (_genuine, v) => told(v, { hash: 'ab'.repeat(32) }, 'AT') },
  { name: 'an attestation for another file in its archive', kind: 'AT', flow: 'pa', disposition: 'quarantined', reason: 'sdi_signature_invalid', forge: (genuine, v) => carried(genuine, v, (signed) => editPostacert(signed, () => Buffer.concat([Buffer.from('Content-Type: multipart/mixed; boundary=q\r\n\r\n--q\r\n'), attachmentPart('x_AT_001.zip', Buffer.from(zipSync({ 'x_AT_001.xml': Buffer.from(sdiSigned(v, notificationXml(v.facts('AT', { nomeFile: 'IT01234567890_ZZZZZ.xml' }))).replaceAll('IT01234567890_ZZZZZ.xml', v.file.name)) }))), Buffer.from('\r\n--q--\r\n')]))) },
  { name: 'a notification from before we had the invoice, under an old key', kind: 'RC', disposition: 'quarantined', reason: 'implausible_instant', forge: (_genuine, v) => notification(v, v.facts('RC'), { at: new Date(Date.now() - 2 * HOUR) }) },
  { name: 'a notification from the future', kind: 'RC', disposition: 'quarantined', reason: 'implausible_instant', forge: (_genuine, v) => notification(v, v.facts('RC'), { at: new Date(Date.now() + HOUR) }) },
  { name: 'a genuine notification about an invoice of another mailbox', kind: 'NS', disposition: 'not_ours', reason: 'unknown_file', forge: async (_genuine, v, stage) => { const other = await stage.victim('private', 'sandbox'); return notification(v, other.facts('NS')); } },
  { name: 'a genuine notification again, under other headers', kind: 'RC', spent: true, disposition: 'duplicate', reason: 'same_content', forge: async (genuine, v, stage) => { await stage.deliver(genuine, v.side.name); return headEdited(genuine, (head) => `Received: again\r\n${head}`); } },
  { name: 'a genuine notification again, in an envelope of another address of SdI', kind: 'RC', spent: true, disposition: 'duplicate', reason: 'told_before', forge: async (genuine, v, stage) => { await stage.deliver(genuine, v.side.name); return notification(v, v.facts('RC'), { sdiAddress: 'sdi99@pec.fatturapa.it' }); } },
];

const marked = (genuine: Buffer, v: Victim, edit: (signed: Buffer) => Buffer): Promise<Buffer> => carried(genuine, v, edit);
const inMail = (signed: Buffer, edit: (mail: string) => string): Buffer => editPostacert(signed, (mail) => Buffer.from(mustChange(edit)(mail.toString('latin1')), 'latin1'));

/** Test data of SdI's must move no real invoice, wherever the marker stands (sdi.md 3.2). */
const SIMULATIONS: readonly Forgery[] = [
  { name: 'a simulation by its outer subject', kind: 'RC', disposition: 'quarantined', reason: 'sdi_simulation', forge: (genuine) => headEdited(genuine, (head) => head.replace(/^Subject: .*/m, '$& (SIMULAZIONE)')) },
  { name: 'a simulation by its certified subject, the outer one cleaned', kind: 'RC', disposition: 'quarantined', reason: 'sdi_simulation', forge: (genuine, v) => marked(genuine, v, (signed) => editDaticert(signed, mustChange((xml) => xml.replace('</oggetto>', ' (SIMULAZIONE)</oggetto>')))) },
  { name: 'a simulation by the subject inside only', kind: 'NS', disposition: 'quarantined', reason: 'sdi_simulation', forge: (genuine, v) => marked(genuine, v, (signed) => inMail(signed, (mail) => mail.replace(/^Subject: .*/m, '$& (SIMULAZIONE)'))) },
  { name: 'a simulation by an encoded subject inside', kind: 'NS', disposition: 'quarantined', reason: 'sdi_simulation', forge: (genuine, v) => marked(genuine, v, (signed) => inMail(signed, (mail) => mail.replace(/^Subject: .*/m, `Subject: =?utf-8?B?${Buffer.from('Scarto (SIMULAZIONE)').toString('base64')}?=`))) },
  { name: 'a simulation by the name of the sender inside', kind: 'RC', disposition: 'quarantined', reason: 'sdi_simulation', forge: (genuine, v) => marked(genuine, v, (signed) => inMail(signed, (mail) => mail.replace(/^From: (.*)/m, 'From: "SdI (SIMULAZIONE)" <$1>'))) },
  { name: 'a simulation by the text for people', kind: 'RC', disposition: 'quarantined', reason: 'sdi_simulation', forge: (genuine, v) => marked(genuine, v, (signed) => inMail(signed, (mail) => mail.replace(/(text\/plain[\s\S]*?\r\n\r\n)/, '$1Messaggio di prova (SIMULAZIONE)\r\n'))) },
  { name: 'a simulation by the note of the notification', kind: 'RC', disposition: 'quarantined', reason: 'sdi_simulation', forge: (genuine, v) => rewritten(genuine, v, (xml) => sdiSigned(v, mustChange((text) => text.replace(/<Note\s*\/>|<Note><\/Note>/, '<Note>(SIMULAZIONE)</Note>'))(bare(xml)))) },
  { name: 'a simulation by the name of the attachment', kind: 'NS', disposition: 'quarantined', reason: 'sdi_simulation', forge: (genuine, v) => marked(genuine, v, (signed) => inMail(signed, (mail) => mail.replaceAll(/_NS_001\.xml/g, '_NS_001(SIMULAZIONE).xml').replaceAll(/name=([^\s";]+)/g, 'name="$1"'))) },
];

export const NOTIFICATION_FORGERIES: readonly Forgery[] = [...POSING, ...XML_SIGNATURES, ...CONTENTS, ...OTHER_FILES, ...SIMULATIONS];
