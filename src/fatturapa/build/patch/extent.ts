/** Where the parts of one element stand in the text of the file. Every `end` is the place behind the last character. */
export interface Extent {
  readonly start: number;
  /** Of the name as it is written, prefix included. */
  readonly name: string;
  /** Behind the `>` of the start tag. */
  readonly tagEnd: number;
  /** Where the start tag's `>` begins, or its `/>`. */
  readonly tagClose: number;
  readonly empty: boolean;
  /** Where the end tag begins; `tagEnd` when there is none. */
  readonly contentEnd: number;
  readonly end: number;
}

/** Place behind the `>` of the tag that begins at `at`; a `>` in a quoted value does not count. The text is well-formed: a reader has read it. */
function tagEndAt(text: string, at: number): number {
  let quote = '';
  for (let i = at + 1; i < text.length; i++) {
    const character = text.charAt(i);
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '>') return i + 1;
  }
  return text.length;
}

const behind = (text: string, mark: string, from: number): number => {
  const at = text.indexOf(mark, from);
  return at < 0 ? text.length : at + mark.length;
};

/** Passes over what stands between the tags of an element, to its end tag. */
function endTagAt(text: string, from: number): number {
  let depth = 0;
  for (let at = text.indexOf('<', from); at >= 0; ) {
    let next: number;
    if (text.startsWith('<!--', at)) next = behind(text, '-->', at + 4);
    else if (text.startsWith('<![CDATA[', at)) next = behind(text, ']]>', at + 9);
    else if (text.startsWith('<?', at)) next = behind(text, '?>', at + 2);
    else if (text.startsWith('</', at)) {
      if (depth === 0) return at;
      depth--;
      next = tagEndAt(text, at);
    } else {
      next = tagEndAt(text, at);
      if (text.charAt(next - 2) !== '/') depth++;
    }
    at = text.indexOf('<', next);
  }
  return text.length;
}

/** The element whose start tag begins at `start`. */
export function extentAt(text: string, start: number): Extent {
  const tagEnd = tagEndAt(text, start);
  const empty = text.charAt(tagEnd - 2) === '/';
  const [name = ''] = /^[^\s/>]+/.exec(text.slice(start + 1, tagEnd)) ?? [];
  const contentEnd = empty ? tagEnd : endTagAt(text, tagEnd);
  return { start, name, tagEnd, tagClose: tagEnd - (empty ? 2 : 1), empty, contentEnd, end: empty ? tagEnd : tagEndAt(text, contentEnd) };
}

/** One attribute in a start tag. */
export interface AttributeExtent {
  /** Where the white space before it begins. */
  readonly start: number;
  readonly valueStart: number;
  readonly valueEnd: number;
  readonly quote: string;
  readonly end: number;
}

export function attributeIn(text: string, { start, tagClose, name }: Extent, wanted: string): AttributeExtent | undefined {
  const attribute = /(\s*)([^\s=/>]+)\s*=\s*("[^"]*"|'[^']*')/y;
  attribute.lastIndex = start + 1 + name.length;
  for (let found = attribute.exec(text); found && found.index < tagClose; found = attribute.exec(text)) {
    const [whole, , own, quoted = ''] = found;
    const end = found.index + whole.length;
    if (own === wanted) return { start: found.index, valueStart: end - quoted.length + 1, valueEnd: end - 1, quote: quoted.charAt(0), end };
  }
  return undefined;
}

/** Where the white space before `at` begins, when nothing else stands between it and the tag or text before. */
export function blankBefore(text: string, at: number): number {
  let start = at;
  while (start > 0 && /\s/.test(text.charAt(start - 1))) start--;
  return text.charAt(start - 1) === '>' ? start : at;
}
