/** Bounds on what is read of one message, each with its reason. */
export const LIMITS = {
  /** Providers take up to 100 MB (pec.md 5.3); base64 and the wrapping come on top. */
  messageBytes: 160 * 1024 * 1024,
  /** A real header block has 2 to 6 kB. */
  headerBytes: 256 * 1024,
  headerFields: 2_000,
  /** Parts of one message, and multiparts inside each other (pec.md 7.1). */
  parts: 500,
  depth: 10,
  /** Real daticert files have 1 to 3 kB and 80 octets per recipient (pec.md 3.4). */
  daticertBytes: 1024 * 1024,
  /** Running text of SdI's mails has 3 kB. */
  textOctets: 64 * 1024,
  /** A provider's p7s has 3 to 15 kB. */
  signatureBytes: 1024 * 1024,
  /** RFC 2046 says 70; some programmes write more. */
  boundaryLength: 200,
  /** Names are for people and for matching, never for paths. */
  nameLength: 255,
} as const;
