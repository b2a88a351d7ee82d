import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/sql.js';
import { SecretBox } from '../../platform/secrets/secret-box.js';
import { certifiedKey, type CertifiedKey, privateKeyPem } from '../../signature/index.js';
import { KEY_NAMES, type KeyName, makePki, type Pki } from './pki.js';

/** The sandbox's keys: made once, kept in the database with the private halves sealed, the same after every restart. */
@Injectable()
export class Keyring {
  #pki: Promise<Pki> | undefined;

  constructor(
    private readonly database: Database,
    private readonly secrets: SecretBox,
    private readonly clock: Clock,
  ) {}

  /** All keys; made at the first call of the first process ever. A failure is forgotten, so that the next call tries again. */
  pki(): Promise<Pki> {
    this.#pki ??= this.load().catch((error: unknown) => {
      this.#pki = undefined;
      throw error;
    });
    return this.#pki;
  }

  private async load(): Promise<Pki> {
    const stored = await this.stored();
    if (stored) return stored;
    const made = await makePki(this.clock.now());
    await this.database.transaction(async (tx) => {
      // Only one maker wins, and all its keys with it: a chain must not be mixed from two.
      await tx.query('LOCK TABLE sandbox_keys IN EXCLUSIVE MODE');
      const [{ known } = { known: 0 }] = await tx.query<{ known: number }>('SELECT count(*)::int AS known FROM sandbox_keys');
      if (known >= KEY_NAMES.length) return;
      await tx.query('DELETE FROM sandbox_keys');
      for (const name of KEY_NAMES) {
        await tx.query('INSERT INTO sandbox_keys (name, certificate, private_key) VALUES ($1, $2, $3)', [
          name,
          made[name].certificate,
          this.secrets.seal(privateKeyPem(made[name])),
        ]);
      }
    });
    return (await this.stored()) ?? made;
  }

  private async stored(): Promise<Pki | undefined> {
    const rows = await this.database.query<{ name: KeyName; certificate: Buffer; private_key: Buffer }>(
      'SELECT name, certificate, private_key FROM sandbox_keys',
    );
    const keys: Partial<Record<KeyName, CertifiedKey>> = {};
    for (const { name, certificate, private_key } of rows) keys[name] = certifiedKey(certificate, this.secrets.open(private_key));
    return isComplete(keys) ? keys : undefined;
  }
}

function isComplete(keys: Partial<Record<KeyName, CertifiedKey>>): keys is Record<KeyName, CertifiedKey> {
  return KEY_NAMES.every((name) => keys[name] !== undefined);
}
