/** Encryption at rest with the master key (AES-256-GCM, random nonce, a version byte in front so that keys can be rotated). */
export abstract class SecretBox {
  abstract seal(plain: string): Buffer;
  /** Throws when the master key is not the one that sealed it, or the bytes were changed. */
  abstract open(sealed: Buffer): string;
}
