/** One way in which programs turn a password into octets. */
export interface PasswordForm {
  /** For the derivation of PKCS #12: BMPString with its terminator (RFC 7292, B.1). */
  readonly bmp: Buffer;
  /** For PBES2, where most take UTF-8 (RFC 8018 leaves it open). */
  readonly octets: Buffer;
}

const bmpOf = (text: string): Buffer => Buffer.from(`${text}\0`, 'utf16le').swap16();

/**
 * The forms to try, the right one first. Letters outside ASCII were written as Latin-1 by some programs, and octet by octet of their UTF-8 by OpenSSL before 1.1;
 * a keyboard may give a letter composed or not. No password at all is an empty BMPString to some and nothing to others.
 */
export function passwordForms(password: string): PasswordForm[] {
  if (password === '') return [{ bmp: bmpOf(''), octets: Buffer.alloc(0) }, { bmp: Buffer.alloc(0), octets: Buffer.alloc(0) }];
  const forms: PasswordForm[] = [];
  for (const text of new Set([password, password.normalize('NFC'), password.normalize('NFD')])) {
    const utf8 = Buffer.from(text, 'utf8');
    forms.push({ bmp: bmpOf(text), octets: utf8 });
    if (utf8.length === text.length) continue;
    forms.push({ bmp: bmpOf(utf8.toString('latin1')), octets: utf8 });
    if (!/[^\0-\xff]/.test(text)) forms.push({ bmp: bmpOf(text), octets: Buffer.from(text, 'latin1') });
  }
  return forms;
}
