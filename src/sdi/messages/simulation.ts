/** What marks messages of SdI's simulation context (sdi.md 3.2), with any blanks that folding or typing brings in. */
const MARKER = /\(\s*SIMULAZIONE\s*\)/i;

/** Whether any of these texts of a message bears the marker: what it says of an invoice is test data. */
export const isSimulation = (texts: readonly (string | undefined)[]): boolean => texts.some((text) => text !== undefined && MARKER.test(text));
