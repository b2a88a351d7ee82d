import { LIMITS } from './limits.js';

/** What the server offers: RFC 3501, 4959, 7888, 5161, 2971, 2177, 2342, 3691, 4315, 6851, 7162, 4731, 8438, 7889. */
const OFFERED = [
  'IMAP4rev1',
  'SASL-IR',
  'LITERAL+',
  'ENABLE',
  'ID',
  'IDLE',
  'NAMESPACE',
  'UNSELECT',
  'UIDPLUS',
  'MOVE',
  'CONDSTORE',
  'ESEARCH',
  'STATUS=SIZE',
  `APPENDLIMIT=${LIMITS.message}`,
];

/** The capabilities in this state: logging in is offered under TLS only (RFC 3501 §6.2.3). */
export function capabilities(state: { readonly secure: boolean; readonly loggedIn: boolean }): string {
  const login = state.loggedIn ? [] : state.secure ? ['AUTH=PLAIN'] : ['STARTTLS', 'LOGINDISABLED'];
  return [...OFFERED, ...login].join(' ');
}
