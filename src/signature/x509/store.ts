import { type Certificate, cachedCertificate } from './certificate.js';
import { certificatesOf } from './pem.js';

/** PEM texts read before; a text is its own key, so this can never be stale. */
const TEXTS = new Map<string, readonly Certificate[]>();
const TEXTS_SIZE = 1024;

/** Long lists read before, by the list itself: the anchors of a store are the same object for every message, and nobody changes a list that was given. */
const LISTS = new WeakMap<readonly (Buffer | string)[], readonly Certificate[]>();
/** Messages bring a few certificates each; stores hold more than this. */
const LONG_LIST = 16;

/** Certificates that can be read, in order; one odd certificate among them must not spoil the others. */
export function readableCertificates(sources: readonly (Buffer | string)[]): readonly Certificate[] {
  if (sources.length < LONG_LIST) return readAll(sources);
  const known = LISTS.get(sources) ?? readAll(sources);
  LISTS.set(sources, known);
  return known;
}

function readAll(sources: readonly (Buffer | string)[]): Certificate[] {
  return sources.flatMap((source) => {
    const known = typeof source === 'string' ? TEXTS.get(source) : undefined;
    if (known) return known;
    const read = certificatesOf(source).flatMap(readOrNothing);
    if (typeof source === 'string') {
      if (TEXTS.size >= TEXTS_SIZE) TEXTS.clear();
      TEXTS.set(source, read);
    }
    return read;
  });
}

function readOrNothing(der: Buffer): Certificate[] {
  try {
    return [cachedCertificate(der)];
  } catch {
    return [];
  }
}
