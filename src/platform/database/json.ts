/** What PostgreSQL takes in no text: NUL, and halves of surrogate pairs (both of which JSON may hold). */
const UNSTORABLE = /[\0\ud800-\udfff]/;

/** A text as PostgreSQL can keep it: without NUL, halves of surrogate pairs replaced by U+FFFD. */
export function storableText(text: string): string {
  return UNSTORABLE.test(text) ? Buffer.from(text.replaceAll('\0', '')).toString() : text;
}

/** A value as JSON that PostgreSQL takes as jsonb, whatever strangers wrote into its texts. */
export function storableJson(value: unknown): string {
  return JSON.stringify(value, (_key, entry: unknown) => (typeof entry === 'string' ? storableText(entry) : entry));
}
