/** An address of SdI within a text, with nothing of another address in front of it or behind it. */
const ADDRESS = /(?<![A-Za-z0-9._%+@-])sdi[0-9]{2}@pec\.fatturapa\.it(?![A-Za-z0-9_@-])/gi;

/** It goes on as a longer name. A new sentence does not: SdI's own text has no blank there, `sdi48@pec.fatturapa.it.Using a…`. */
const LONGER = /^\.[a-z0-9]/;

/** How far before an address the words stand that say what it is for. */
const NEAR = 400;
const WORDS = /indirizzo|address/i;

/**
 * The address that SdI tells a sender to use from then on, from the text of its mail (sdi.md 3.1): "Il nuovo indirizzo da utilizzare per inviare le prossime fatture al Sistema di
 * Interscambio, fino ad un eventuale nuovo avviso, e' sdi48@pec.fatturapa.it", and the same in English. The wording is not relied upon; that the text names one address of SdI and no other is.
 * Undefined when it names none, several, or one that is not called an address. Lower case.
 *
 * @param text of a mail whose signatures were verified
 */
export function announcedSdiAddress(text: string): string | undefined {
  const found = [...text.matchAll(ADDRESS)].filter(({ 0: address, index }) => !LONGER.test(text.slice(index + address.length, index + address.length + 2)));
  const addresses = new Set(found.map(([address]) => address.toLowerCase()));
  const [address] = addresses;
  if (address === undefined || addresses.size > 1) return undefined;
  return found.some(({ index }) => WORDS.test(text.slice(Math.max(0, index - NEAR), index))) ? address : undefined;
}
