/** The mailboxes of SdI, one of which is assigned to each sender (sdi.md 3.1). */
const SDI_ADDRESS = /^sdi\d{2}@pec\.fatturapa\.it$/i;

/** Whether a bare address is one of SdI's. */
export function isSdiAddress(address: string): boolean {
  return SDI_ADDRESS.test(address);
}

/** Where the first file ever of a mailbox goes; the first answer says which address to use from then on (sdi.md 3.1). */
export const FIRST_SDI_ADDRESS = 'sdi01@pec.fatturapa.it';
