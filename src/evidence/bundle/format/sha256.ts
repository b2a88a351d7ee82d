import { createHash } from 'node:crypto';

/** Hex SHA-256 of octets: the name of a piece, and the fingerprint of a certificate. */
export const sha256Of = (octets: Uint8Array): string => createHash('sha256').update(octets).digest('hex');
