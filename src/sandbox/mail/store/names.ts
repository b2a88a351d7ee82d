const MAX_NAME_LENGTH = 200;

/** The one spelling of a folder's name: `INBOX` has no case (RFC 3501 §5.1), all other names have. */
export function canonicalFolder(name: string): string {
  return /^inbox(\/|$)/i.test(name) ? `INBOX${name.slice(5)}` : name;
}

/** Whether a folder may be created under this name: printable, no wildcards, no empty level. Names travel as the client writes them (modified UTF-7). */
export function isFolderName(name: string): boolean {
  return (
    name.length <= MAX_NAME_LENGTH && /^[\x20-\x7e]+$/.test(name) && !/[%*"\\]/.test(name) && name.split('/').every((level) => level !== '')
  );
}
