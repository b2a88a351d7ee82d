import type { CertificateRecord } from '../format/records.js';
import type { Text } from '../format/text.js';
import { romeTime } from './rome-time.js';

/** That a certificate was taken back since, as its keeper recorded it. */
export const revokedText = ({ at, by }: NonNullable<CertificateRecord['revoked']>): Text => ({
  it: `revocato il ${romeTime(at)} da ${by === '' ? '?' : by}: non vale per ciò che arriva dopo`,
  en: `revoked on ${romeTime(at)} by ${by === '' ? '?' : by}: it does not count for what comes after`,
});
