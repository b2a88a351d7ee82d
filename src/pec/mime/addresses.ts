/** The addresses of a From, To or Reply-To field, lower case, without names. `undefined` stands for an entry that holds none. */
export function addressesOf(field: string): (string | undefined)[] {
  return entriesOf(field).map(addressIn);
}

/** The one address of a field; undefined when there is none or more than one. */
export function singleAddress(field: string | undefined): string | undefined {
  if (field === undefined) return undefined;
  const addresses = addressesOf(field);
  return addresses.length === 1 ? addresses[0] : undefined;
}

/** Cuts at commas outside of quotes, comments and angle brackets; quoted text and comments become blanks. A display name is the sender's free text: it must not become an address. */
function entriesOf(field: string): string[] {
  const entries: string[] = [];
  let entry = '';
  let quoted = false;
  let comments = 0;
  let angle = false;
  for (let at = 0; at < field.length; at++) {
    const character = field.charAt(at);
    if (character === '\\' && (quoted || comments > 0)) at++;
    else if (quoted) quoted = character !== '"';
    else if (character === '"') quoted = true;
    else if (character === '(') comments++;
    else if (character === ')' && comments > 0) comments--;
    else if (comments > 0) continue;
    else if (character === ',' && !angle) {
      entries.push(entry);
      entry = '';
    } else {
      if (character === '<') angle = true;
      if (character === '>') angle = false;
      entry += character;
    }
  }
  entries.push(entry);
  return entries.filter((text) => text.trim() !== '');
}

const ADDRESS = /^[^\s<>@,;:"()[\]\\]+@[^\s<>@,;:"()[\]\\]+$/;

function addressIn(entry: string): string | undefined {
  const open = entry.indexOf('<');
  const close = entry.indexOf('>', open);
  const oneBracket = open >= 0 && close > open && entry.indexOf('<', open + 1) < 0 && entry.slice(close + 1).trim() === '';
  if (open >= 0 && !oneBracket) return undefined;
  const address = (open >= 0 ? entry.slice(open + 1, close) : entry).trim();
  return ADDRESS.test(address) && address.length <= 320 ? address.toLowerCase() : undefined;
}
