/** One address of a header field; a group's begin has only `mailbox`, its end has nothing (RFC 3501 §7.4.2). */
export interface Address {
  readonly name?: string;
  readonly mailbox?: string;
  readonly host?: string;
}

const MAX_LENGTH = 16 * 1024;

type Token = { readonly kind: 'word' | 'comment' | 'special'; readonly text: string };

/** Reads an address list (RFC 5322 §3.4) with patience: whatever is between two commas is an address as well as it goes. */
export function parseAddresses(value: string): Address[] {
  const addresses: Address[] = [];
  let pending: Token[] = [];
  let angle: Token[] | undefined;
  let inAngle = false;
  const close = (): void => {
    const address = toAddress(pending, angle);
    if (address) addresses.push(address);
    pending = [];
    angle = undefined;
    inAngle = false;
  };
  for (const token of tokens(value.slice(0, MAX_LENGTH))) {
    if (token.kind !== 'special') (inAngle ? (angle ??= []) : pending).push(token);
    else if (token.text === '<') {
      inAngle = true;
      angle = [];
    } else if (token.text === '>') inAngle = false;
    else if (inAngle || token.text === '@') (inAngle ? (angle ??= []) : pending).push(token);
    else if (token.text === ',') close();
    else if (token.text === ':') {
      addresses.push({ mailbox: phrase(pending) });
      pending = [];
    } else if (token.text === ';') {
      close();
      addresses.push({});
    }
  }
  close();
  return addresses;
}

function toAddress(outside: readonly Token[], angle: readonly Token[] | undefined): Address | undefined {
  const spec = (angle ?? outside).filter((token) => token.kind !== 'comment').map((token) => token.text);
  // A route (`@a,@b:`) before the address is of no use to anyone.
  const text = spec.join('').replace(/^@[^:]*:/, '');
  const comment = outside.find((token) => token.kind === 'comment')?.text;
  const name = angle ? phrase(outside) || comment : comment;
  if (!text && !name) return undefined;
  const at = text.lastIndexOf('@');
  return {
    ...(name ? { name } : {}),
    ...(at < 0 ? { mailbox: text } : { mailbox: text.slice(0, at), host: text.slice(at + 1) }),
  };
}

const phrase = (tokens: readonly Token[]): string =>
  tokens
    .filter((token) => token.kind === 'word')
    .map((token) => token.text)
    .join(' ');

/** Words (atoms, quoted strings without their quotes), comments without their parentheses, and specials. */
function* tokens(value: string): Generator<Token> {
  const pattern = /"((?:[^"\\]|\\.)*)"?|([<>@,:;])|\(|[^\s"<>@,:;()]+|\)/gs;
  for (let found = pattern.exec(value); found; found = pattern.exec(value)) {
    const [text, quoted, special] = found;
    if (quoted !== undefined) yield { kind: 'word', text: unescape(quoted) };
    else if (special) yield { kind: 'special', text: special };
    else if (text === '(') {
      const end = commentEnd(value, found.index);
      yield { kind: 'comment', text: unescape(value.slice(found.index + 1, end - 1)).trim() };
      pattern.lastIndex = end;
    } else if (text !== ')') yield { kind: 'word', text };
  }
}

/** Behind the parenthesis that closes the one at `start`. */
function commentEnd(value: string, start: number): number {
  let depth = 0;
  for (let index = start; index < value.length; index += 1) {
    if (value[index] === '\\') index += 1;
    else if (value[index] === '(') depth += 1;
    else if (value[index] === ')' && --depth === 0) return index + 1;
  }
  return value.length + 1;
}

const unescape = (text: string): string => text.replace(/\\(.)/gs, '$1');
