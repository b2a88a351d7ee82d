import type { Certificate, NameConstraints } from './certificate.js';
import type { GeneralNames } from './general-names.js';

/** RFC 5280, 4.2.1.10: an address, a host (all its addresses), or `.domain` (all hosts below it); the local part counts exactly, the host does not mind case. */
function emailMatches(email: string, constraint: string): boolean {
  const at = email.lastIndexOf('@');
  if (at < 1) return false;
  const host = email.slice(at + 1).toLowerCase();
  const wanted = constraint.toLowerCase();
  if (wanted.startsWith('.')) return host.endsWith(wanted);
  const wantedAt = constraint.lastIndexOf('@');
  if (wantedAt < 0) return host === wanted;
  return email.slice(0, at) === constraint.slice(0, wantedAt) && host === wanted.slice(wantedAt + 1);
}

const dnsMatches = (host: string, constraint: string): boolean => constraint === '' || host === constraint || host.endsWith(constraint.startsWith('.') ? constraint : `.${constraint}`);

const directoryMatches = (name: readonly Buffer[], constraint: readonly Buffer[]): boolean => constraint.length <= name.length && constraint.every((part, index) => name[index]?.equals(part));

function addressMatches(address: Buffer, constraint: Buffer): boolean {
  if (constraint.length !== address.length * 2) return false;
  return address.every((octet, index) => (octet & (constraint[address.length + index] ?? 0)) === ((constraint[index] ?? 0) & (constraint[address.length + index] ?? 0)));
}

function allowed<Name>(names: readonly Name[], permitted: readonly Name[], excluded: readonly Name[], matches: (name: Name, constraint: Name) => boolean): boolean {
  return names.every((name) => (permitted.length === 0 || permitted.some((constraint) => matches(name, constraint))) && !excluded.some((constraint) => matches(name, constraint)));
}

/** Whether every name of a certificate is inside what an authority above it may certify. A kind of name that is constrained and not understood is refused when it occurs. */
export function namesAllowed(certificate: Certificate, { permitted, excluded }: NameConstraints): boolean {
  const names: GeneralNames = {
    ...certificate.names,
    emails: [...certificate.names.emails, ...certificate.subjectEmails],
    directories: certificate.subjectNames.length > 0 ? [certificate.subjectNames, ...certificate.names.directories] : certificate.names.directories,
  };
  const others = new Set([...permitted.others, ...excluded.others]);
  return (
    allowed(names.emails, permitted.emails, excluded.emails, emailMatches) &&
    allowed(names.dns, permitted.dns, excluded.dns, dnsMatches) &&
    allowed(names.directories, permitted.directories, excluded.directories, directoryMatches) &&
    allowed(names.addresses, permitted.addresses, excluded.addresses, addressMatches) &&
    !names.others.some((kind) => others.has(kind))
  );
}
