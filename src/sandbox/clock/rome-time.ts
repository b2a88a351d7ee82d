const FORMAT = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Rome',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** An instant as legal Italian time writes it; the offset is written along, as the autumn hour comes twice (pec.md 3.1). */
export interface RomeTime {
  /** dd/mm/yyyy */
  readonly giorno: string;
  /** hh:mm:ss */
  readonly ora: string;
  /** `+0100` or `+0200` */
  readonly zona: string;
  /** YYYY-MM-DD */
  readonly date: string;
  /** yyyymmddHHMMSS, as stands in providers' identifiers. */
  readonly stamp: string;
  /** xs:dateTime with milliseconds and offset, as SdI writes it. */
  readonly dateTime: string;
  /** RFC 5322 §3.3. */
  readonly header: string;
}

export function romeTime(instant: Date): RomeTime {
  const parts: Record<string, string> = {};
  for (const { type, value } of FORMAT.formatToParts(instant)) parts[type] = value;
  const { year = '', month = '', day = '', hour = '', minute = '', second = '' } = parts;
  const whole = Math.floor(instant.getTime() / 1000) * 1000;
  const local = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  const offset = Math.round((local - whole) / 60_000);
  const hh = String(Math.floor(Math.abs(offset) / 60)).padStart(2, '0');
  const mm = String(Math.abs(offset) % 60).padStart(2, '0');
  const sign = offset < 0 ? '-' : '+';
  const milliseconds = String(instant.getTime() - whole).padStart(3, '0');
  const weekday = DAYS[new Date(local).getUTCDay()] ?? '';
  return {
    giorno: `${day}/${month}/${year}`,
    ora: `${hour}:${minute}:${second}`,
    zona: `${sign}${hh}${mm}`,
    date: `${year}-${month}-${day}`,
    stamp: `${year}${month}${day}${hour}${minute}${second}`,
    dateTime: `${year}-${month}-${day}T${hour}:${minute}:${second}.${milliseconds}${sign}${hh}:${mm}`,
    header: `${weekday}, ${Number(day)} ${MONTHS[Number(month) - 1] ?? ''} ${year} ${hour}:${minute}:${second} ${sign}${hh}${mm}`,
  };
}
