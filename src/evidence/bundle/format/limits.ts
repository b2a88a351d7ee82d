/** Bounds of a bundle, each with its reason. */
export const BUNDLE_LIMITS = {
  /** A bundle is read into memory as one piece by whoever verifies it. An invoice of 5 MB that was sent ten times makes 200 MB. */
  bytes: 1024 * 1024 * 1024,
  /** Files of one bundle: two per try of a hand-over, two per message, a handful of certificates. */
  files: 10_000,
  /** Longest path in a bundle. */
  path: 200,
  /** Records are text about some thousands of entries. */
  recordBytes: 64 * 1024 * 1024,
  /** Messages that moved nothing (copies, what is in quarantine): a stranger may send any number of them, so they have a bound, and the bundle says how many it leaves out. */
  idleMessages: 200,
  idleBytes: 200 * 1024 * 1024,
} as const;
