import { LIMITS } from './limits.js';
import type { Input } from './input.js';
import type { CommandText } from './scanner.js';

/** What to do with a command line that goes beyond the limits. */
export type Read =
  | { readonly kind: 'command'; readonly command: CommandText }
  /** The client waits for a go-ahead that it will not get: answer the command and go on. */
  | { readonly kind: 'refused'; readonly start: string; readonly code?: string }
  /** What follows cannot be told apart from commands: end the connection. */
  | { readonly kind: 'hopeless'; readonly text: string }
  | { readonly kind: 'end' };

/**
 * Reads one command with its literals (RFC 3501 §4.3, LITERAL+ of RFC 7888). `proceed` sends the go-ahead for a
 * synchronizing literal. Throws LineTooLongError.
 */
export async function readCommand(input: Input, loggedIn: boolean, proceed: () => Promise<void>): Promise<Read> {
  const texts: string[] = [];
  const literals: Buffer[] = [];
  let left = loggedIn ? LIMITS.line : LIMITS.lineBeforeLogin;
  for (;;) {
    const line = await input.line(left);
    if (!line) return { kind: 'end' };
    left -= line.length;
    const text = line.toString('latin1');
    const marker = /\{(\d{1,10})(\+?)\}$/.exec(text);
    if (!marker) return { kind: 'command', command: { texts: [...texts, text], literals } };
    texts.push(text.slice(0, marker.index));
    const size = Number(marker[1]);
    const start = texts[0] ?? '';
    const isMessage = loggedIn && /^\S+ append /i.test(start);
    const limit = !loggedIn ? LIMITS.literalBeforeLogin : isMessage ? LIMITS.message : LIMITS.literal;
    if (size > limit || literals.length === LIMITS.literalsPerCommand) {
      // RFC 7888 §4: a server that will not swallow a literal sent unasked closes the connection.
      if (marker[2]) return { kind: 'hopeless', text: 'Literal too big' };
      return { kind: 'refused', start, code: isMessage ? 'TOOBIG' : undefined };
    }
    if (!marker[2]) await proceed();
    const literal = await input.octets(size);
    if (!literal) return { kind: 'end' };
    literals.push(literal);
  }
}
