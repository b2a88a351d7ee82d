import { request } from './request.js';
import type { NewTrust, RevokedCertificate, TrustCertificate, TrustLogLine, TrustSigners, TrustUse } from './trust-types.js';
import type { Page } from './types.js';

export interface TrustFilter {
  readonly source?: string;
  readonly state?: string;
}

/** The calls of the API about whose signatures are believed. */
export const trustApi = {
  certificates: (filter: TrustFilter, cursor: string | undefined, limit: number) => request<Page<TrustCertificate>>('/v1/trust/certificates', { query: { ...filter, cursor, limit } }),
  trust: (what: NewTrust) => request<TrustCertificate>('/v1/trust/certificates', { method: 'POST', body: what }),
  revoke: (fingerprint: string, use: TrustUse, note: string) =>
    request<RevokedCertificate>(`/v1/trust/certificates/${encodeURIComponent(fingerprint)}/revoke`, { method: 'POST', body: { use, note } }),
  signers: (cursor: string | undefined, limit: number) => request<TrustSigners>('/v1/trust/signers', { query: { cursor, limit } }),
  log: (cursor: string | undefined, limit: number) => request<Page<TrustLogLine>>('/v1/trust/log', { query: { cursor, limit } }),
};

/** Keys of the query cache: all of them begin with the first. */
export const trustKeys = {
  all: ['trust'] as const,
  certificates: (filter: TrustFilter) => ['trust', 'certificates', filter] as const,
  signers: ['trust', 'signers'] as const,
  log: ['trust', 'log'] as const,
};
