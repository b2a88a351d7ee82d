import { addresses, fieldsNamed, type RawField } from '../mime/header.js';

/** Why the access point does not accept a message: the Italian sentence that the notice carries (pec.md 1.2). */
export interface FormalDefect {
  readonly check: 'from' | 'to' | 'sender' | 'recipients' | 'bcc' | 'size';
  readonly text: string;
}

/** Size times recipients, octets (pec.md 1.2, 5.3: at least 30 MB by law; providers grant about 100). */
export const MAX_SIZE_TIMES_RECIPIENTS = 100 * 1024 * 1024;

const same = (a: readonly string[], b: readonly string[]): boolean => {
  const left = new Set(a.map((address) => address.toLowerCase()));
  const right = new Set(b.map((address) => address.toLowerCase()));
  return left.size === right.size && [...left].every((address) => right.has(address));
};

/** The formal checks of the access point (pec.md 1.2, points 1 to 6), in their order; undefined when the message passes. */
export function formalDefect(
  fields: readonly RawField[],
  envelope: { readonly from: string; readonly to: readonly string[] },
  size: number,
): FormalDefect | undefined {
  const from = fieldsNamed(fields, 'From');
  const senders = from.length === 1 ? addresses(from[0]?.value ?? '') : undefined;
  if (senders?.length !== 1) return { check: 'from', text: 'campo From assente o non conforme' };
  const to = addresses(
    fieldsNamed(fields, 'To')
      .map(({ value }) => value)
      .join(','),
  );
  if (!to || to.length === 0) return { check: 'to', text: 'campo To assente o non conforme' };
  const cc = addresses(
    fieldsNamed(fields, 'Cc')
      .map(({ value }) => value)
      .join(','),
  );
  if (!cc) return { check: 'to', text: 'campo Cc non conforme' };
  if (fieldsNamed(fields, 'Bcc').some(({ value }) => value !== ''))
    return { check: 'bcc', text: 'destinatari in copia nascosta (Bcc) non ammessi' };
  if (!same(senders, [envelope.from]))
    return { check: 'sender', text: 'il mittente del messaggio non coincide con quello della busta SMTP' };
  if (!same([...to, ...cc], envelope.to))
    return { check: 'recipients', text: 'i destinatari del messaggio non coincidono con quelli della busta SMTP' };
  if (size * envelope.to.length > MAX_SIZE_TIMES_RECIPIENTS)
    return { check: 'size', text: 'dimensione del messaggio superiore al limite consentito' };
  return undefined;
}

/** The harmless text by which every virus scanner can be tried (EICAR); here in two halves, so that no scanner stops at this file. */
const EICAR = Buffer.from('X5O!P%@AP[4\\PZX54(P^)7CC)7}$' + 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*');

export function looksInfected(content: Buffer): boolean {
  return content.includes(EICAR);
}
