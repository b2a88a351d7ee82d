import type { Account } from './cluster.js';

/** The account that exists on every machine and owns nothing; PostgreSQL refuses to run as root. */
export const NOBODY: Account = { uid: 65534, gid: 65534 };

/** Where root keeps binaries and clusters: `nobody` cannot walk through /root. */
export const ROOT_BASE = '/var/lib/corriere-embedded';
