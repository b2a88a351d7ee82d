import type { InvoiceSignature, InvoiceSignatures } from '../../../../signature/invoice/types.js';
import type { RegisterContext } from '../../header/duplicates.js';
import { type CheckCases, cases } from '../cases.js';
import { ordinary, publicAdministration, RECEIVED } from '../documents.js';

const named = (fileName: string, more: Partial<RegisterContext> = {}): { document: ReturnType<typeof ordinary>; context: Partial<RegisterContext> } => ({ document: ordinary(), context: { fileName, ...more } });
const sized = (size: number) => ({ document: ordinary(), context: { size } });

const SIGNED_AT = new Date('2026-06-03T09:00:00Z');
const CERTIFICATE: NonNullable<InvoiceSignature['certificate']> = {
  subject: 'CN=Mario Rossi,C=IT',
  issuer: 'CN=Autorità di prova,C=IT',
  serialNumber: '01',
  notBefore: new Date('2025-01-01T00:00:00Z'),
  notAfter: new Date('2028-01-01T00:00:00Z'),
  keyUsage: { digitalSignature: false, nonRepudiation: true },
  der: Buffer.alloc(0),
};
const GOOD: InvoiceSignature = { form: 'cades', layer: 1, intact: true, signingTime: SIGNED_AT, signingCertificate: 'matches', certificate: CERTIFICATE };
const withSignatures = (...signatures: InvoiceSignature[]): { document: ReturnType<typeof ordinary>; context: { signatures: InvoiceSignatures } } => ({ document: ordinary(), context: { signatures: { form: 'cades', signatures } } });
const signed = (changes: Partial<InvoiceSignature>) => withSignatures({ ...GOOD, ...changes });
const certified = (changes: Partial<NonNullable<InvoiceSignature['certificate']>>) => signed({ certificate: { ...CERTIFICATE, ...changes } });
const { signingTime: _none, ...WITHOUT_TIME } = GOOD;
const after = (milliseconds: number): Date => new Date(RECEIVED.getTime() + milliseconds);
const UNSIGNED: InvoiceSignatures = { form: 'none', signatures: [] };

export const FILE_CASES: readonly CheckCases[] = [
  cases(
    '00001',
    {
      'six characters': named('IT09876543217_000001.xml'),
      'no progressive': named('IT09876543217_.xml'),
      'ten digits': named('IT0987654321_00001.xml'),
      'seventeen characters': named('IT12345678901234567_00001.xml'),
      'another extension': named('IT09876543217_00001.pdf'),
      'a hyphen': { ...named('IT09876543217-00001.xml'), severity: 'warning' },
      'a name on somebody’s disk': { ...named('fattura 12.xml'), severity: 'warning' },
    },
    {
      'five characters': named('IT09876543217_00001.xml'),
      'one character': named('IT09876543217_A.xml.p7m'),
      'a person': named('ITRSSMRA80A01H501U_00001.xml'),
      'a foreign id': named('DE12_00001.xml'),
      'no name known': ordinary(),
    },
  ),
  cases('00002', { 'used before': named('IT09876543217_00001.xml', { nameTaken: true }) }, { 'never used': named('IT09876543217_00001.xml', { nameTaken: false }), 'nobody knows': named('IT09876543217_00001.xml') }),
  cases('00003', { 'above 5 MB however counted': sized(5_242_881), 'between the two ways of counting': { ...sized(5_000_001), severity: 'warning' }, 'at the upper limit': { ...sized(5_242_880), severity: 'warning' } }, { 'at the lower limit': sized(5_000_000), 'not known': ordinary() }),
  cases(
    '00100',
    {
      'expired when it signed': certified({ notAfter: new Date('2026-06-03T08:59:59Z') }),
      'expired since': { ...certified({ notAfter: new Date('2026-06-03T09:30:00Z') }), severity: 'warning' },
      'each of two': { ...withSignatures({ ...GOOD, certificate: { ...CERTIFICATE, notAfter: new Date('2026-01-01T00:00:00Z') } }, { ...GOOD, certificate: { ...CERTIFICATE, notAfter: new Date('2026-01-01T00:00:00Z') } }), count: 2 },
    },
    { 'valid to the very moment': certified({ notAfter: RECEIVED }), 'nobody looked': ordinary() },
  ),
  cases(
    '00102',
    {
      'changed content': signed({ intact: false, fault: 'digest-mismatch' }),
      'another key': signed({ intact: false, fault: 'signature-mismatch' }),
      'a wrapped one': signed({ intact: false, fault: 'wrapped' }),
      'an algorithm not known here': { ...signed({ intact: false, fault: 'unsupported-algorithm' }), severity: 'warning' },
      'an unsigned PA invoice': { document: publicAdministration(), context: { signatures: UNSIGNED }, severity: 'warning' },
    },
    { 'intact': signed({}), 'an unsigned private invoice': { document: ordinary(), context: { signatures: UNSIGNED } }, 'a PA invoice that nobody looked at': publicAdministration(), 'a signed PA invoice': { document: publicAdministration(), context: { signatures: { form: 'cades', signatures: [GOOD] } } } },
  ),
  cases('00103', { 'no signing time': withSignatures(WITHOUT_TIME) }, { 'with one': signed({}), 'unsigned': { document: ordinary(), context: { signatures: UNSIGNED } } }),
  cases('00104', { 'issued by itself': certified({ issuer: CERTIFICATE.subject }) }, { 'issued by another': signed({}) }),
  cases(
    '00105',
    { 'six minutes ahead': signed({ signingTime: after(301_000) }), 'a minute ahead': { ...signed({ signingTime: after(60_000) }), severity: 'warning' }, 'five minutes ahead': { ...signed({ signingTime: after(300_000) }), severity: 'warning' } },
    { 'at the moment of reception': signed({ signingTime: RECEIVED }), 'before it': signed({}) },
  ),
  cases(
    '00107',
    {
      'not for signing': certified({ keyUsage: { digitalSignature: true, nonRepudiation: false } }),
      'an authority’s': certified({ ca: true }),
      'not yet valid': certified({ notBefore: new Date('2026-06-03T09:00:01Z') }),
      'another certificate named': signed({ signingCertificate: 'differs' }),
      'no certificate named': signed({ signingCertificate: 'absent' }),
      'an old digest': signed({ weak: ['sha1'] }),
    },
    { 'fit': signed({}), 'no key usage said': withSignatures({ ...GOOD, certificate: (({ keyUsage: _usage, ...rest }) => rest)(CERTIFICATE) }) },
  ),
];
