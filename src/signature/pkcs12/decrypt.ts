import { createDecipheriv, pbkdf2Sync } from 'node:crypto';
import forgeRc2 from 'node-forge/lib/rc2.js';
import forgeUtil from 'node-forge/lib/util.js';
import type { DigestName } from '../asn1/algorithms.js';
import { child, content, type Element, expectUniversal, isUniversal, octets, oidOf } from '../asn1/ber.js';
import { derive, type WorkBudget } from './derive.js';
import type { PasswordForm } from './passwords.js';
import { Pkcs12Trouble } from './refusal.js';

interface Cipher {
  readonly key: number;
  readonly iv: number;
  readonly decrypt: (key: Buffer, iv: Buffer, data: Buffer) => Buffer;
}

/** Wrong padding: a wrong password, or damage. */
const wrong = (): never => {
  throw new Pkcs12Trouble('wrong-password');
};

const platform =
  (name: string) =>
  (key: Buffer, iv: Buffer, data: Buffer): Buffer => {
    const decipher = createDecipheriv(name, key, iv);
    try {
      return Buffer.concat([decipher.update(data), decipher.final()]);
    } catch {
      return wrong();
    }
  };

/** OpenSSL 3 keeps RC2 out of what Node offers; Windows and old exports still wrap certificates in it. */
const rc2 =
  (bits: number) =>
  (key: Buffer, iv: Buffer, data: Buffer): Buffer => {
    if (data.length === 0 || data.length % 8 !== 0) return wrong();
    const cipher = forgeRc2.createDecryptionCipher(key.toString('latin1'), bits);
    cipher.start(iv.toString('latin1'));
    cipher.update(forgeUtil.createBuffer(data.toString('latin1')));
    if (!cipher.finish()) return wrong();
    return Buffer.from(cipher.output.getBytes(), 'latin1');
  };

const TRIPLE_DES: Cipher = { key: 24, iv: 8, decrypt: platform('des-ede3-cbc') };

/** Schemes of PKCS #12 (RFC 7292, appendix C). RC4 and two-key 3DES are in no export that is made today. */
const PKCS12_SCHEMES: ReadonlyMap<string, Cipher> = new Map([
  ['1.2.840.113549.1.12.1.3', TRIPLE_DES],
  ['1.2.840.113549.1.12.1.5', { key: 16, iv: 8, decrypt: rc2(128) }],
  ['1.2.840.113549.1.12.1.6', { key: 5, iv: 8, decrypt: rc2(40) }],
]);

const PBES2 = '1.2.840.113549.1.5.13';
const PBKDF2 = '1.2.840.113549.1.5.12';

/** Encryption schemes of PBES2 (RFC 8018, B.2). */
const PBES2_CIPHERS: ReadonlyMap<string, Cipher> = new Map([
  ['2.16.840.1.101.3.4.1.2', { key: 16, iv: 16, decrypt: platform('aes-128-cbc') }],
  ['2.16.840.1.101.3.4.1.22', { key: 24, iv: 16, decrypt: platform('aes-192-cbc') }],
  ['2.16.840.1.101.3.4.1.42', { key: 32, iv: 16, decrypt: platform('aes-256-cbc') }],
  ['1.2.840.113549.3.7', TRIPLE_DES],
]);

const PRFS: ReadonlyMap<string, { readonly digest: DigestName | 'sha224'; readonly size: number }> = new Map([
  ['1.2.840.113549.2.7', { digest: 'sha1', size: 20 }],
  ['1.2.840.113549.2.8', { digest: 'sha224', size: 28 }],
  ['1.2.840.113549.2.9', { digest: 'sha256', size: 32 }],
  ['1.2.840.113549.2.10', { digest: 'sha384', size: 48 }],
  ['1.2.840.113549.2.11', { digest: 'sha512', size: 64 }],
]);

const MAX_SALT = 4096;

/** A count of iterations: beyond six octets it is as good as endless. */
export function iterationsOf(element: Element): number {
  const value = content(expectUniversal(element, 2));
  const count = value.length === 0 || value.length > 6 ? Number.POSITIVE_INFINITY : value.readUIntBE(0, value.length);
  if (count === Number.POSITIVE_INFINITY) throw new Pkcs12Trouble('too-many-iterations');
  if (count === 0) throw new Pkcs12Trouble('unreadable');
  return count;
}

export function saltOf(element: Element | undefined): Buffer {
  const salt = octets(expectUniversal(element, 4));
  if (salt.length > MAX_SALT) throw new Pkcs12Trouble('unreadable');
  return salt;
}

/** Decrypts what an AlgorithmIdentifier describes. @throws Pkcs12Trouble, Asn1Error */
export function decrypt(algorithm: Element, data: Buffer, password: PasswordForm, budget: WorkBudget): Buffer {
  const id = oidOf(algorithm.children[0]);
  const parameters = expectUniversal(algorithm.children[1], 0x10);
  if (id === PBES2) return decryptPbes2(parameters, data, password, budget);
  const scheme = PKCS12_SCHEMES.get(id);
  if (!scheme) throw new Pkcs12Trouble('unsupported');
  const common = { digest: 'sha1', password: password.bmp, salt: saltOf(parameters.children[0]), iterations: iterationsOf(child(parameters, 1)) } as const;
  return scheme.decrypt(derive({ ...common, purpose: 1, size: scheme.key }, budget), derive({ ...common, purpose: 2, size: scheme.iv }, budget), data);
}

/** RFC 8018, 6.2 and A.4. */
function decryptPbes2(parameters: Element, data: Buffer, password: PasswordForm, budget: WorkBudget): Buffer {
  const derivation = child(parameters, 0);
  const encryption = child(parameters, 1);
  const cipher = PBES2_CIPHERS.get(oidOf(encryption.children[0]));
  if (!cipher || oidOf(derivation.children[0]) !== PBKDF2) throw new Pkcs12Trouble('unsupported');
  const [saltElement, count, ...rest] = child(derivation, 1).children;
  if (!count) throw new Pkcs12Trouble('unreadable');
  const prfElement = rest.find((part) => isUniversal(part, 0x10));
  const prf = PRFS.get(prfElement ? oidOf(prfElement.children[0]) : '1.2.840.113549.2.7');
  if (!prf) throw new Pkcs12Trouble('unsupported');
  const iv = octets(expectUniversal(encryption.children[1], 4));
  if (iv.length !== cipher.iv) throw new Pkcs12Trouble('unreadable');
  const iterations = iterationsOf(count);
  budget.spend(iterations, Math.ceil(cipher.key / prf.size));
  return cipher.decrypt(pbkdf2Sync(password.octets, saltOf(saltElement), iterations, cipher.key, prf.digest), iv, data);
}
