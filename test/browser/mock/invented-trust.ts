const DAY = 86_400_000;
const at = (days: number): string => new Date(Date.now() + days * DAY).toISOString();

const certificate = (n: number, over: object) => ({
  fingerprint: n.toString(16).padStart(2, '0').repeat(32),
  use: 'pec',
  scope: 'public',
  subject: 'C=IT, ST=Bergamo, L=Ponte San Pietro, O=Gestore Inventato S.p.A., CN=Posta Certificata Gestore Inventato',
  issuer: "C=IT, L=Roma, O=Agenzia per l'Italia Digitale, OU=Area Soluzioni per la Pubblica Amministrazione, CN=AgID CA1",
  emails: ['posta-certificata@pec.gestore-inventato.example'],
  notBefore: at(-700),
  notAfter: at(120),
  expiresInDays: 120,
  ...over,
});

/** Trust in every shape: believed, unknown, revoked, about to end. */
export function inventTrust() {
  const entry = (n: number, over: object) => ({
    ...certificate(n, over),
    source: 'person',
    state: 'trusted',
    authority: false,
    addedAt: at(-20),
    addedBy: 'dashboard',
    note: 'Impronta confrontata per telefono con il gestore',
    place: null,
    withdrawnAt: null,
    revokedAt: null,
    revokedBy: null,
    revokedNote: null,
    messages: 12,
    waiting: 0,
    lastSeenAt: at(-1),
    ...over,
  });
  const signer = (n: number, over: object) => ({ ...certificate(n, over), standing: 'chained', anchor: null, follows: null, firstSeenAt: at(-90), lastSeenAt: at(-0.1), messages: 42, waiting: 0, applied: 40, ...over });
  return {
    certificates: [
      entry(1, {}),
      entry(2, { source: 'folder', place: 'sdi/ca-agenzia-delle-entrate.pem', use: 'sdi', authority: true, emails: [], subject: 'C=IT, O=Agenzia delle Entrate, OU=Servizi Telematici, CN=CA Agenzia delle Entrate', addedBy: 'folder', note: null }),
      entry(3, { state: 'revoked', revokedAt: at(-2), revokedBy: 'first key', revokedNote: 'Chiave rubata, avviso del gestore' }),
    ],
    signers: [
      signer(4, { standing: 'unknown', waiting: 3, messages: 3, emails: ['posta-certificata@pec.sconosciuto-con-un-nome-molto-lungo.example'], follows: '05'.repeat(32), expiresInDays: 800 }),
      signer(1, { standing: 'pinned', expiresInDays: 6 }),
      signer(3, { standing: 'revoked' }),
      signer(6, { use: 'sdi', emails: [], subject: 'C=IT, O=Agenzia delle Entrate, OU=Servizi Telematici, CN=Sistema Interscambio Fattura PA', anchor: { fingerprint: '02'.repeat(32), subject: 'CN=CA Agenzia delle Entrate', source: 'folder' } }),
    ],
    warnings: [
      {
        code: 'signer-expires',
        severity: 'error',
        use: 'pec',
        who: 'posta-certificata@pec.gestore-inventato.example',
        fingerprint: '01'.repeat(32),
        message: { it: 'Il certificato più recente con cui firma posta-certificata@pec.gestore-inventato.example scade tra 6 giorni.', en: 'The newest certificate by which posta-certificata@pec.gestore-inventato.example signs expires in 6 days.' },
        fix: { it: 'Chiedere il prossimo.', en: 'Ask for the next one.' },
      },
    ],
    log: [{ id: '1', at: at(-2), action: 'revoked', use: 'pec', scope: 'public', fingerprint: '03'.repeat(32), subject: 'CN=Posta Certificata', by: 'first key', note: 'Chiave rubata, avviso del gestore', messageId: null }],
  };
}
