import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { StartError } from '../start-error.js';
import { SecretBox } from './secret-box.js';

const VERSION = 1;
const NONCE = 12;
const TAG = 16;

/** {@link SecretBox} with one master key. Sealed form: version (1 byte, authenticated) | nonce (12) | tag (16) | ciphertext. NIST SP 800-38D. */
export class AesSecretBox extends SecretBox {
  constructor(private readonly masterKey: Buffer) {
    super();
    if (masterKey.length !== 32) throw new Error('the master key must have 32 bytes');
  }

  override seal(plain: string): Buffer {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv('aes-256-gcm', this.masterKey, nonce, { authTagLength: TAG });
    cipher.setAAD(Buffer.of(VERSION));
    const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), sealed]);
  }

  override open(sealed: Buffer): string {
    if (sealed.length < 1 + NONCE + TAG || sealed[0] !== VERSION) throw new Error('this is not a sealed secret');
    const decipher = createDecipheriv('aes-256-gcm', this.masterKey, sealed.subarray(1, 1 + NONCE), { authTagLength: TAG });
    decipher.setAAD(sealed.subarray(0, 1));
    decipher.setAuthTag(sealed.subarray(1 + NONCE, 1 + NONCE + TAG));
    try {
      return Buffer.concat([decipher.update(sealed.subarray(1 + NONCE + TAG)), decipher.final()]).toString('utf8');
    } catch {
      throw new StartError('a stored secret cannot be opened: it was sealed with another CORRIERE_MASTER_KEY (or its bytes were changed); start with the key of this data');
    }
  }
}
