/** True for a mailbox of SdI (sdi.md 3.1). */
export function isSdiAddress(address: string): boolean {
  return /^sdi\d{2}@pec\.fatturapa\.it$/i.test(address.trim());
}
