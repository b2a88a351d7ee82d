/** A message identifier without white space (folding leaves some) and without one pair of angle brackets: the form in which identifiers are stored and compared (pec.md 3.4). */
export function bareMessageId(value: string): string {
  const compact = value.replace(/\s+/g, '');
  return compact.startsWith('<') && compact.endsWith('>') && compact.length > 2 ? compact.slice(1, -1) : compact;
}
