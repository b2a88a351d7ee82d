/** Lines and columns of a text, found when the first one is asked for. Lines end as XML has it: line feed, carriage return, or both together. */
export class Lines {
  #starts: number[] | undefined;

  constructor(private readonly text: string) {}

  /** Both from 1; the column in characters (code points). */
  place(offset: number): { readonly line: number; readonly column: number } {
    const starts = (this.#starts ??= lineStarts(this.text));
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const start = starts[low] ?? 0;
    let column = offset - start + 1;
    for (let at = start; at < offset; at += 1) if ((this.text.charCodeAt(at) & 0xfc00) === 0xdc00) column -= 1;
    return { line: low + 1, column };
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x0a || (code === 0x0d && text.charCodeAt(at + 1) !== 0x0a)) starts.push(at + 1);
  }
  return starts;
}
