import { SELLERS } from './invented-invoices.js';

const DAY = 86_400_000;
const at = (days: number): string => new Date(Date.now() + days * DAY).toISOString();

/** The first company signs for eleven days more, the second no longer. */
const LEFT: Readonly<Record<string, number>> = { [SELLERS[0].id]: 11, [SELLERS[1].id]: -3 };

export function inventCompanies() {
  return SELLERS.map(({ id, name, vat }, index) => ({
    id,
    name,
    partitaIva: vat,
    codiceFiscale: vat,
    transmitter: { idPaese: 'IT', idCodice: vat },
    healthProvider: index === 1,
    createdAt: '2026-10-01T08:00:00.000Z',
  }));
}

function expiry(left: number) {
  const over = left < 0;
  return {
    code: over ? 'signing-certificate-expired' : 'signing-certificate-expiring',
    severity: over ? 'error' : 'warning',
    path: 'certificate/notAfter',
    message: over
      ? { it: 'Il certificato di firma è scaduto: le fatture alla PA non si possono più firmare.', en: 'The signing certificate expired: invoices to the PA can no longer be signed.' }
      : { it: 'Il certificato di firma scade tra poco.', en: 'The signing certificate expires soon.' },
  };
}

export const companyWarnings = (): object[] => SELLERS.map(({ id }) => ({ ...expiry(LEFT[id] ?? 0), companyId: id, notAfter: at(LEFT[id] ?? 0) }));

export function certificateOf(id: string): object | undefined {
  const left = LEFT[id];
  if (left === undefined) return undefined;
  return {
    companyId: id,
    subject: 'CN=Bellucci Anna, serialNumber=TINIT-BLLNNA70A41D612X, GN=Anna, SN=Bellucci, C=IT',
    issuer: 'CN=ArubaPEC EU Qualified Certificates CA G1, OU=Qualified Trust Service Provider, O=ArubaPEC S.p.A., C=IT',
    serialNumber: '47E6FBF288E104B2CBE093A3577A188A',
    notBefore: at(left - 1095),
    notAfter: at(left),
    algorithm: 'RSA 2048',
    keyUsage: { digitalSignature: false, nonRepudiation: true },
    form: 'cades',
    state: left < 0 ? 'expired' : 'expiring',
    expiresInDays: left,
    warnings: [expiry(left)],
  };
}
