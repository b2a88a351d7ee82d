const KIB = 1024;
const MIB = 1024 * KIB;
const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** Every bound that keeps a hostile client small, in one place, with the reason for its size. */
export const LIMITS = {
  /** Before login nothing longer than a base64 password is due; RFC 7162 §4 asks for 8192 octets of a line. */
  lineBeforeLogin: 8 * KIB,
  /** A set of scattered UIDs is the longest thing that clients write; common servers stop at 64 KiB too. */
  line: 64 * KIB,
  /** A user name or a password. */
  literalBeforeLogin: 1 * KIB,
  /** A folder's name or a search string. */
  literal: 16 * KIB,
  /** A message to APPEND: the biggest that the provider takes by SMTP, with room. */
  message: 64 * MIB,
  /** Each literal costs a round trip or a buffer; no command needs more. */
  literalsPerCommand: 64,
  /** Parentheses within parentheses, in SEARCH the only place where they nest. */
  nesting: 32,
  /** Search keys of one command: each is tried on each message. */
  searchKeys: 512,
  /** Of one message, so that a row stays a row. */
  flags: 64,
  flagLength: 100,
  foldersPerAccount: 1000,
  /** Parts deeper or further than this are taken as one body: a message of boundaries costs time with each of them. */
  mimeDepth: 32,
  mimeParts: 1000,
  /** Octets of a header that are looked at for structure and search; the rest is served, not understood. */
  header: 256 * KIB,
  /** Commands in a row that were BAD. */
  badCommands: 20,
  /** RFC 3501 asks nothing here; more than three is guessing. */
  failedLogins: 3,
  connections: 256,
  /** Ours opens one for each mailbox; people's programs a handful. */
  connectionsPerAccount: 32,
  handshake: 20 * SECOND,
  /** RFC 3501 §5.4 forbids less than 30 minutes only after login. */
  login: 1 * MINUTE,
  inactivity: 30 * MINUTE,
  /** News come at once from this process; what another one has written is looked for as often as this. */
  idleRefresh: 5 * SECOND,
  /** Octets gathered before they are written, so that many small answers share a TLS record. */
  outputBuffer: 64 * KIB,
} as const;
