import { type CmsVerdict, verifyDetachedCms } from '../signature/index.js';
import { readDaticert } from './daticert/daticert.js';
import { KIND_HEADERS, KINDS, kindOf } from './kinds.js';
import { LIMITS } from './limits.js';
import { bareMessageId } from './message-id.js';
import { singleAddress } from './mime/addresses.js';
import { type Attachments, readAttachments } from './mime/attachments.js';
import { type Entity, readEntity } from './mime/entity.js';
import { type Headers, storedWithLf, withCrlf } from './mime/header.js';
import { readStructure, sha256, type Structure } from './structure.js';
import { explainReason } from './trust/reasons.js';
import { faultsOf, type Reading } from './trust/rules.js';
import type { PecClass, PecKind, PecMessage, PecSignatureVerdict, TrustStore } from './types.js';

const NO_ATTACHMENTS: Attachments = { attachments: [], complete: true };

/**
 * Reads a message from its exact octets and judges it (pec.md 2.3, 4.4, 7.2 steps 3 to 10). Messages stored with bare LF are read in their canonical form.
 * Never throws: what cannot be read is `ordinary` with reasons.
 *
 * @example
 * const message = await readPecMessage(raw, { anchors: [actalisRootPem] });
 * if (message.trust.ok && message.kind === 'accettazione') settle(message.daticert.msgid);
 */
export async function readPecMessage(raw: Buffer, trust: TrustStore): Promise<PecMessage> {
  if (raw.length > LIMITS.messageBytes) return unreadable('message-too-large');
  try {
    return await read(raw, trust);
  } catch {
    return unreadable('signed-part-malformed');
  }
}

function unreadable(code: string): PecMessage {
  return { class: 'ordinary', signature: 'absent', trust: { ok: false, reasons: [{ code, text: explainReason(code).en }] }, headers: {}, attachments: [] };
}

async function read(raw: Buffer, trust: TrustStore): Promise<PecMessage> {
  const message = readEntity(storedWithLf(raw) ? withCrlf(raw) : raw);
  const { headers } = message;
  const kindValues = { receipt: singular(headers, KIND_HEADERS.receipt), transport: singular(headers, KIND_HEADERS.transport) };
  const { class: messageClass, kind } = classify(message, kindValues);
  const structure = readStructure(message);
  const cms = structure.cms && structure.signedPart ? await verifyDetachedCms(structure.cms, structure.signedPart, trust) : undefined;
  const signature = verdictOf(structure, cms);
  const daticert = structure.daticert && messageClass !== 'ordinary' ? readDaticert(structure.daticert) : undefined;
  const opened = messageClass === 'envelope' && signature === 'valid' && structure.postacert ? readAttachments(structure.postacert) : NO_ATTACHMENTS;
  const from = headers.all('from').length === 1 ? singleAddress(headers.first('from')) : undefined;
  const reading: Reading = {
    headers,
    headersComplete: message.complete,
    kindValues,
    class: messageClass,
    ...(kind ? { kind } : {}),
    ...(from === undefined ? {} : { from }),
    structure,
    ...(cms ? { cms } : {}),
    ...(daticert ? { daticert } : {}),
    attachmentsComplete: opened.complete,
    trust,
  };
  const faults = faultsOf(reading);
  return {
    class: messageClass,
    ...(kind ? { kind } : {}),
    signature,
    trust: { ok: faults.length === 0, reasons: faults.map((code) => ({ code, text: explainReason(code).en })) },
    ...(cms?.signer ? { signer: { ...cms.signer, ...(cms.chain ? { chain: cms.chain.map(sha256) } : {}) } } : {}),
    ...(cms?.chain ? { chain: cms.chain } : {}),
    ...(daticert?.ok ? { daticert: daticert.daticert } : {}),
    headers: outerHeaders(headers, from),
    ...(structure.signedPart ? { signedPartSha256: sha256(structure.signedPart) } : {}),
    ...(structure.postacert ? { postacert: structure.postacert } : {}),
    attachments: opened.attachments,
  };
}

/** The value of a header that must occur once; repeated with other values it says nothing. */
function singular(headers: Headers, name: string): string | undefined {
  const values = [...new Set(headers.all(name).map((value) => value.trim().toLowerCase()))];
  return values.length > 1 ? '' : values[0];
}

/** The outer level decides (pec.md 1.7, 7.2 step 5); an original that was taken out of its envelope is known by the reference that only providers add. */
function classify(message: Entity, values: Reading['kindValues']): { readonly class: PecClass; readonly kind?: PecKind } {
  const { receipt, transport } = values;
  if (receipt !== undefined && transport !== undefined) return { class: 'ordinary' };
  const header = receipt !== undefined ? KIND_HEADERS.receipt : KIND_HEADERS.transport;
  const value = receipt ?? transport;
  if (value === undefined) return { class: message.headers.first('x-riferimento-message-id') === undefined ? 'ordinary' : 'inner' };
  const kind = kindOf(header, value);
  if (!kind) return { class: receipt !== undefined ? 'receipt' : 'envelope' };
  return { class: KINDS[kind].class, kind };
}

function verdictOf(structure: Structure, cms: CmsVerdict | undefined): PecSignatureVerdict {
  if (structure.faults.includes('signature-absent') || structure.signedPart === undefined) return 'absent';
  return cms?.verdict ?? 'unparsable';
}

function outerHeaders(headers: Headers, from: string | undefined): PecMessage['headers'] {
  const id = (name: string): string | undefined => {
    const value = headers.first(name);
    return value === undefined || value === '' ? undefined : bareMessageId(value);
  };
  const date = new Date((headers.first('date') ?? '').replace(/\([^()]*\)/g, ' ').trim());
  const found = {
    messageId: id('message-id'),
    riferimentoMessageId: id('x-riferimento-message-id'),
    from,
    replyTo: singleAddress(headers.first('reply-to')),
    subject: headers.text('subject'),
    date: Number.isNaN(date.getTime()) ? undefined : date,
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

