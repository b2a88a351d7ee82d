const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,12})?(Z|[+-]\d{2}:\d{2})?$/;

/** An xs:dateTime as an instant; one without a zone is taken as UTC. */
export function dateTimeOf(written: string): Date | undefined {
  const text = written.trim();
  const zone = DATE_TIME.exec(text);
  if (!zone) return undefined;
  const time = new Date(zone[2] === undefined ? `${text}Z` : text);
  return Number.isNaN(time.getTime()) ? undefined : time;
}
