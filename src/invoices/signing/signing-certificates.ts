import { createPrivateKey, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Database, type Sql } from '../../platform/database/sql.js';
import { SecretBox } from '../../platform/secrets/secret-box.js';
import { readCertificate } from '../../signature/index.js';
import { outOfDate, unsuitable } from './problems.js';
import { algorithmOf, certificateView, expiryWarning, EXPIRING_DAYS, type SignatureForm, type SigningCertificateRow, type SigningCertificateView } from './signing-certificate.js';

/** A certificate with its key, as a PKCS#12 file held them. */
export interface SigningKey {
  /** DER. */
  readonly certificate: Buffer;
  /** DER, the issuers'. */
  readonly chain: readonly Buffer[];
  readonly privateKey: KeyObject;
}

/** What is needed to sign for a company. */
export interface CompanySigningKey extends SigningKey {
  readonly form: SignatureForm;
  readonly notAfter: Date;
}

const COLUMNS = 'company_id, certificate, form, created_at, updated_at';

/** The signing certificates of companies; private keys sealed with the master key. */
@Injectable()
export class SigningCertificates {
  constructor(
    private readonly database: Database,
    private readonly secrets: SecretBox,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes the place of the company's certificate. Without a form the one that it had stays, CAdES at first.
   * @throws Problem 422 when the certificate is not in force, or its key of a kind that SdI does not know
   */
  async put(companyId: string, key: SigningKey, form: SignatureForm | undefined): Promise<SigningCertificateView> {
    const now = this.clock.now();
    const { notBefore, notAfter } = readCertificate(key.certificate);
    if (notBefore > now || notAfter <= now) throw outOfDate(notBefore, notAfter);
    if (algorithmOf(key.certificate) === undefined) throw unsuitable();
    const sealed = this.secrets.seal(key.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString());
    const [row] = await this.database.query<SigningCertificateRow>(
      `INSERT INTO signing_certificates (company_id, certificate, chain, private_key, form, not_after, created_at, updated_at)
       VALUES ($1, $2, $3, $4, coalesce($5, 'cades'), $6, $7, $7)
       ON CONFLICT (company_id) DO UPDATE SET certificate = excluded.certificate, chain = excluded.chain, private_key = excluded.private_key,
         form = coalesce($5, signing_certificates.form), not_after = excluded.not_after, updated_at = excluded.updated_at
       RETURNING ${COLUMNS}`,
      [companyId, key.certificate, key.chain, sealed, form ?? null, notAfter, now],
    );
    if (!row) throw new Error('the signing certificate was not returned');
    return certificateView(row, now);
  }

  async get(companyId: string): Promise<SigningCertificateView | undefined> {
    const [row] = await this.database.query<SigningCertificateRow>(`SELECT ${COLUMNS} FROM signing_certificates WHERE company_id = $1`, [companyId]);
    return row && certificateView(row, this.clock.now());
  }

  async setForm(companyId: string, form: SignatureForm): Promise<SigningCertificateView | undefined> {
    const now = this.clock.now();
    const [row] = await this.database.query<SigningCertificateRow>(`UPDATE signing_certificates SET form = $2, updated_at = $3 WHERE company_id = $1 RETURNING ${COLUMNS}`, [companyId, form, now]);
    return row && certificateView(row, now);
  }

  /** False when there was none. */
  async remove(companyId: string): Promise<boolean> {
    return (await this.database.query('DELETE FROM signing_certificates WHERE company_id = $1 RETURNING company_id', [companyId])).length > 0;
  }

  /** When the company's certificate ends, if it has one. */
  async notAfter(companyId: string): Promise<Date | undefined> {
    const [row] = await this.database.query<{ not_after: Date }>('SELECT not_after FROM signing_certificates WHERE company_id = $1', [companyId]);
    return row?.not_after;
  }

  /** The key itself, for signing now; undefined when the company has none. */
  async key(companyId: string, sql: Sql = this.database): Promise<CompanySigningKey | undefined> {
    const [row] = await sql.query<{ certificate: Buffer; chain: Buffer[]; private_key: Buffer; form: SignatureForm; not_after: Date }>(
      'SELECT certificate, chain, private_key, form, not_after FROM signing_certificates WHERE company_id = $1',
      [companyId],
    );
    return row && { certificate: row.certificate, chain: row.chain, privateKey: createPrivateKey(this.secrets.open(row.private_key)), form: row.form, notAfter: row.not_after };
  }

  /** Those that end soon or have ended, for whoever looks at the service's health. */
  async ending(companyId: string | undefined): Promise<readonly object[]> {
    const now = this.clock.now();
    const rows = await this.database.query<{ company_id: string; not_after: Date }>(
      `SELECT company_id, not_after FROM signing_certificates WHERE not_after < $1::timestamptz + make_interval(days => $2) AND ($3::uuid IS NULL OR company_id = $3) ORDER BY not_after, company_id LIMIT 100`,
      [now, EXPIRING_DAYS, companyId ?? null],
    );
    return rows.map(({ company_id, not_after }) => ({ ...expiryWarning(not_after, now), companyId: company_id, notAfter: not_after }));
  }
}
