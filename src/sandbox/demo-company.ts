/** The company that the sandbox sets up, and its certified mailbox. Invented; the VAT number has a right check digit. */
export const DEMO_COMPANY = {
  name: 'Officina Dimostrativa S.r.l.',
  partitaIva: '09876543217',
  transmitter: { idPaese: 'IT', idCodice: '09876543217' },
} as const;

export const DEMO_ADDRESS = 'fatture@pec.officina-dimostrativa.example';
