import { formatNstring } from '../format.js';
import { type Address, parseAddresses } from './addresses.js';
import { type HeaderField, valuesOf } from './headers.js';

/** ENVELOPE (RFC 3501 §7.4.2) of a header, as latin1 text. */
export function formatEnvelope(fields: readonly HeaderField[]): string {
  const text = (name: string): string => formatNstring(valuesOf(fields, name)[0]);
  const list = (name: string): Address[] => valuesOf(fields, name).flatMap(parseAddresses);
  const from = list('from');
  // "If the Sender or Reply-To lines are absent ... the server sets the corresponding member of the envelope to be the same value as from".
  const orFrom = (name: string): Address[] => {
    const addresses = list(name);
    return addresses.length > 0 ? addresses : from;
  };
  const addresses = [from, orFrom('sender'), orFrom('reply-to'), list('to'), list('cc'), list('bcc')].map(formatAddresses);
  return `(${[text('date'), text('subject'), ...addresses, text('in-reply-to'), text('message-id')].join(' ')})`;
}

function formatAddresses(addresses: readonly Address[]): string {
  if (addresses.length === 0) return 'NIL';
  return `(${addresses.map(({ name, mailbox, host }) => `(${formatNstring(name)} NIL ${formatNstring(mailbox)} ${formatNstring(host)})`).join('')})`;
}
