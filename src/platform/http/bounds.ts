import { z } from 'zod';

/** A calendar day, YYYY-MM-DD, of years in which there may be something to ask for: the database knows no year 0. */
export const day = z.iso.date().refine((text) => Number(text.slice(0, 4)) >= 1900, {
  params: { code: 'year-out-of-range', message: { it: 'L’anno deve essere compreso tra 1900 e 9999.', en: 'The year must be between 1900 and 9999.' } },
});

/** An instant of those years, UTC, as cursors hold it. */
export const instant = z.iso
  .datetime()
  .max(30)
  .refine((text) => Number(text.slice(0, 4)) >= 1900);

/** The largest number that a column of type integer holds. */
export const MAX_INTEGER = 2_147_483_647;
