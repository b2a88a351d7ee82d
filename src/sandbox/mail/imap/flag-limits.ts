import { LIMITS } from './limits.js';
import { BadSyntaxError } from './scanner.js';

/** The flags, or {@link BadSyntaxError} when they are too many or too long to be kept with every message. */
export function checkFlags(flags: string[]): string[] {
  if (flags.length > LIMITS.flags || flags.some((flag) => flag.length > LIMITS.flagLength))
    throw new BadSyntaxError('Too many or too long flags');
  return flags;
}
