/** Signing, and opening the files that signing keys come in: what takes a processor's time of it, on a thread when there is much. */
import { createPrivateKey } from 'node:crypto';
import { keySigner, type Pkcs12Refusal, readPkcs12, signCades, SigningError, type SigningTrouble, signXades } from '../../signature/index.js';
import { movable, Moved } from '../../platform/workers/transfer.js';

const MAKERS = { cades: signCades, xades: signXades } as const;

export interface SignTask {
  readonly file: Uint8Array<ArrayBuffer>;
  readonly form: keyof typeof MAKERS;
  readonly signingTime: Date;
  /** DER. */
  readonly certificate: Uint8Array;
  readonly chain: readonly Uint8Array[];
  /** PKCS#8 DER: goes to the thread and nowhere else. */
  readonly privateKey: Uint8Array;
}

export type SignAnswer = { readonly ok: true; readonly file: Uint8Array<ArrayBuffer> } | { readonly ok: false; readonly trouble: SigningTrouble };

export async function signOnThread({ file, form, signingTime, certificate, chain, privateKey }: SignTask): Promise<Moved<SignAnswer>> {
  const key = createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' });
  const signer = keySigner({ privateKey: key, certificate: Buffer.from(certificate), chain: chain.map((der) => Buffer.from(der)) });
  try {
    const made = movable(await MAKERS[form](Buffer.from(file.buffer, file.byteOffset, file.byteLength), signer, { signingTime }));
    return new Moved({ ok: true, file: made }, [made.buffer]);
  } catch (error) {
    if (!(error instanceof SigningError)) throw error;
    return new Moved({ ok: false, trouble: error.code }, []);
  }
}

export interface Pkcs12Task {
  readonly bytes: Uint8Array;
  readonly password: string;
}

/** What crosses from the thread: octets. */
export type Pkcs12Answer = { readonly ok: true; readonly certificate: Uint8Array; readonly chain: readonly Uint8Array[]; readonly privateKey: Uint8Array } | Pkcs12Refusal;

/** A hostile file asks for a second of work. */
export function openPkcs12OnThread({ bytes, password }: Pkcs12Task): Pkcs12Answer {
  const read = readPkcs12(Buffer.from(bytes), password);
  if (!read.ok) return read;
  return { ok: true, certificate: read.certificate.der, chain: read.chain, privateKey: read.privateKey.export({ format: 'der', type: 'pkcs8' }) };
}
