import { content, type Element, child } from '../asn1/ber.js';
import { relativeNames } from './name.js';

/** The GeneralName choices that are read (RFC 5280, 4.2.1.6); all others keep only their number. */
export interface GeneralNames {
  readonly emails: readonly string[];
  readonly dns: readonly string[];
  readonly directories: readonly (readonly Buffer[])[];
  readonly addresses: readonly Buffer[];
  /** Choice numbers that occur and are none of the above. */
  readonly others: readonly number[];
}

export const NO_NAMES: GeneralNames = { emails: [], dns: [], directories: [], addresses: [], others: [] };

export function generalNames(names: readonly Element[]): GeneralNames {
  const found = { emails: [] as string[], dns: [] as string[], directories: [] as Buffer[][], addresses: [] as Buffer[], others: [] as number[] };
  for (const name of names) {
    if (name.tag === 1) found.emails.push(content(name).toString('latin1'));
    else if (name.tag === 2) found.dns.push(content(name).toString('latin1').toLowerCase());
    else if (name.tag === 4) found.directories.push(relativeNames(child(name, 0)));
    else if (name.tag === 7) found.addresses.push(content(name));
    else found.others.push(name.tag);
  }
  return found;
}
