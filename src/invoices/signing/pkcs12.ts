import { createPrivateKey } from 'node:crypto';
import { type ProblemKind, Problem, type Text } from '../../platform/http/problem.js';
import type { Pkcs12Reason } from '../../signature/index.js';
import type { Pkcs12Answer } from '../documents/sign.js';
import { PASSWORD, UNREADABLE, WITHOUT_KEY } from './problems.js';
import type { SigningKey } from './signing-certificates.js';

const KINDS: Readonly<Record<Pkcs12Reason, ProblemKind>> = {
  'wrong-password': PASSWORD,
  unreadable: UNREADABLE,
  unsupported: UNREADABLE,
  'too-large': UNREADABLE,
  'too-many-iterations': UNREADABLE,
  'no-key': WITHOUT_KEY,
  'no-certificate': WITHOUT_KEY,
  'key-mismatch': WITHOUT_KEY,
};

const EXPORT: Text = {
  it: 'Esportare il certificato con la sua chiave privata in un file .p12 o .pfx protetto da password.',
  en: 'Export the certificate with its private key into a .p12 or .pfx file with a password.',
};
const CHECK: Text = { it: 'Controllare la password (maiuscole, spazi) e ripetere.', en: 'Check the password (case, spaces) and try again.' };

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

/** The key of a PKCS#12 file that was opened. @throws Problem 422 that says what is wrong with file or password */
export function keyOf(read: Pkcs12Answer): SigningKey {
  if (read.ok) {
    const privateKey = createPrivateKey({ key: Buffer.from(read.privateKey), format: 'der', type: 'pkcs8' });
    return { certificate: Buffer.from(read.certificate), chain: read.chain.map((der) => Buffer.from(der)), privateKey };
  }
  const kind = KINDS[read.reason];
  throw new Problem(kind, { it: sentence(read.text.it), en: sentence(read.text.en) }, { mend: kind === PASSWORD ? CHECK : EXPORT, extra: { reason: read.reason } });
}
