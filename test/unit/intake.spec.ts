import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDocument } from '../../src/fatturapa/document/index.js';
import { writeZip } from '../../src/fatturapa/files/index.js';
import { toJson } from '../../src/fatturapa/json/index.js';
import { inspectP7m, inspectXades } from '../../src/signature/index.js';
import { sample } from '../support/sample.js';
import { Api, eventually, type Service, startService } from '../support/service.js';
import { pkcs12, signingKey } from '../support/signing.js';

let service: Service;
let api: Api;
let companyId: string;

beforeAll(async () => {
  service = await startService();
  api = new Api(service.url, service.key);
  companyId = await eventually('the demo company', async () => (await api.json<{ items: { id: string }[] }>('GET', '/v1/companies')).items[0]?.id);
}, 120_000);
afterAll(() => service?.close());

const XML = { 'content-type': 'application/xml' };
interface Finding {
  code: string;
  severity: string;
  path?: string;
  pointer?: string;
  line?: number;
  message: { it: string; en: string };
}
interface Problem {
  type: string;
  detail: string;
  mend?: string;
  invoiceId?: string;
  errors?: Finding[];
  duplicates?: { position: number; number: string; invoiceId: string; fileName: string; status: string }[];
}
interface Invoice {
  id: string;
  fileName: string;
  sha256: string;
  originalSha256: string | null;
  status: string;
  size: number;
  warnings: Finding[];
  verdict: { ruleVersion: string; findings: Finding[] } | null;
  documents: { status: string }[];
}

const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');
const post = (body: string | Buffer, headers: Record<string, string> = XML, target = '/v1/invoices'): Promise<Response> => api.request('POST', target, body, headers);
const taken = (body: string | Buffer, headers: Record<string, string> = XML): Promise<Invoice> => api.json('POST', '/v1/invoices', body, headers);
const get = (id: string): Promise<Invoice> => api.json('GET', `/v1/invoices/${id}`);
const bytesAt = async (target: string): Promise<Buffer> => Buffer.from(await (await api.request('GET', target)).arrayBuffer());
const until = (id: string, status: string): Promise<true> => eventually(status, async () => ((await get(id)).status === status ? true : undefined));
async function refused(status: number, slug: string, body: string | Buffer, headers: Record<string, string> = XML): Promise<Problem> {
  const response = await post(body, headers);
  const problem = (await response.json()) as Problem;
  expect([response.status, problem.type.split('/').at(-1)], problem.detail).toEqual([status, slug]);
  return problem;
}

describe('a document that was sent before (00404)', () => {
  it('is refused, naming the first, its state and what to do; the same key with the same bytes gives the first', async () => {
    const first = await taken(sample('privata', 'D/1'), { ...XML, 'idempotency-key': 'd-1' });
    for (const headers of [XML, { ...XML, 'idempotency-key': 'another' }]) {
      const problem = await refused(409, 'duplicate-document', sample('privata', 'D/1'), headers);
      expect(problem).toMatchObject({ invoiceId: first.id, duplicates: [{ position: 1, number: 'D/1', invoiceId: first.id, fileName: first.fileName }], errors: [{ code: '00404', severity: 'error', invoiceId: first.id }] });
      expect(problem.detail).toContain(first.fileName);
    }
    const again = await post(sample('privata', 'D/1'), { ...XML, 'idempotency-key': 'd-1' });
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([202, 'true']);
    expect(((await again.json()) as Invoice).id).toBe(first.id);
  });

  it('is one of many at once: one goes', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => post(sample('privata', 'D/2'))));
    expect(answers.map(({ status }) => status).sort()).toEqual([202, ...Array<number>(11).fill(409)]);
  });

  it('may be inside of a lot, at whatever place', async () => {
    const first = await taken(sample('privata', 'D/3'));
    const problem = await refused(409, 'duplicate-document', sample('lotto', 'D/4', 'D/3'));
    expect(problem.duplicates).toMatchObject([{ position: 2, invoiceId: first.id }]);
    // Nothing of a refused lot is kept: its other numbers are free.
    await taken(sample('privata', 'D/4'));
  });

  it('is another one when its number is nearly the same, or it is a credit note', async () => {
    await taken(sample('privata', 'D/5a'));
    const near = await taken(sample('privata', 'D/05A'));
    expect(near.warnings).toMatchObject([{ code: '00404', severity: 'warning' }]);
    expect((await taken(sample('nota-di-credito', 'D/5a'))).warnings.filter(({ code }) => code === '00404')).toEqual([]);
  });

  it('may come again once SdI has rejected it, with a warning when the bytes are the same', async () => {
    const first = await taken(sample('privata', 'D/6-NS00423'));
    await until(first.id, 'rejected');
    const second = await taken(sample('privata', 'D/6-NS00423'), { ...XML, 'idempotency-key': 'd-6' });
    expect(second.warnings).toMatchObject([{ code: 'same-content', severity: 'warning', invoiceId: first.id }]);
    expect((await taken(sample('privata', 'D/6-NS00423'), { ...XML, 'idempotency-key': 'd-6' })).warnings).toEqual(second.warnings);
    await until(second.id, 'rejected');
  });

  it('may come again once the office has refused it, document by document', async () => {
    const lot = await taken(sample('lotto-pa', 'D/7-EC02', 'D/8-EC01', 'D/9-EC01'));
    await eventually('all answers', async () => ((await get(lot.id)).documents.map(({ status }) => status).join() === 'refused,accepted,accepted' ? true : undefined));
    await taken(sample('pa', 'D/7-EC02'));
    await refused(409, 'duplicate-document', sample('pa', 'D/8-EC01'));
  });
});

describe('what is said of a file', () => {
  it('is all of it: every error with place and mend', async () => {
    const broken = sample('privata', 'V/1').replace('<Divisa>EUR', '<Divisa>euro').replace(/<Imposta>[^<]*/, '<Imposta>1.00').replace('<Provincia>', '<Provincia>x');
    const problem = await refused(422, 'invalid-invoice', broken);
    expect(problem.errors?.length).toBeGreaterThan(2);
    expect(problem.errors?.every(({ message, path, severity }) => message.it !== '' && (severity !== 'error' || path !== undefined))).toBe(true);
    expect(problem.detail).toContain('errors');
  });

  it('stays with the invoice: warnings and the version of the rules', async () => {
    const invoice = await taken(sample('semplificata', 'V/2'));
    expect(invoice.warnings.length).toBeGreaterThan(0);
    expect(invoice.verdict).toMatchObject({ ruleVersion: expect.stringMatching(/^1\.9/) as string, findings: invoice.warnings });
    expect((await get(invoice.id)).verdict).toEqual(invoice.verdict);
  });

  it('counts who sends: a health provider’s invoice to a person is refused', async () => {
    const toPerson = sample('privata', 'V/3').replace(/(<CessionarioCommittente>\s*<DatiAnagrafici>)[\s\S]*?(<\/DatiAnagrafici>)/, '$1<CodiceFiscale>RSSMRA80A01H501U</CodiceFiscale><Anagrafica><Nome>Mario</Nome><Cognome>Rossi</Cognome></Anagrafica>$2');
    await api.json('PATCH', `/v1/companies/${companyId}`, { healthProvider: true });
    expect((await refused(422, 'invalid-invoice', toPerson)).errors).toMatchObject([{ code: 'health-natural-person' }]);
    expect(await api.json('PATCH', `/v1/companies/${companyId}`, { healthProvider: false })).toMatchObject({ healthProvider: false });
    await taken(toPerson);
  });
});

describe('validating without sending', () => {
  const validate = (body: string | Buffer, headers: Record<string, string> = XML, query = ''): Promise<{ valid: boolean; format: string | null; ruleVersion: string; findings: Finding[] }> =>
    api.json('POST', `/v1/invoices/validate${query}`, body, headers);

  it('says the same and keeps nothing', async () => {
    const before = await api.json('GET', '/v1/invoices?limit=1');
    expect(await validate(sample('privata', 'L/1'))).toMatchObject({ valid: true, format: 'FPR12' });
    expect(await validate(sample('privata', 'L/1').replace('<Divisa>EUR', '<Divisa>euro'))).toMatchObject({ valid: false, findings: [{ code: '00200', severity: 'error' }] });
    expect(await api.json('GET', '/v1/invoices?limit=1')).toEqual(before);
    await taken(sample('privata', 'L/1'));
    expect(await validate(sample('privata', 'L/1'))).toMatchObject({ valid: false, findings: [{ code: '00404' }] });
  });

  it('knows which names were used', async () => {
    const { fileName } = await taken(sample('privata', 'L/3'));
    const codes = async (name: string): Promise<string[]> => (await validate(sample('privata', 'L/4'), XML, `?fileName=${name}`)).findings.map(({ code }) => code);
    expect(await codes(fileName)).toEqual(['00002']);
    expect(await codes('IT09876543217_ZZZZZ.xml')).toEqual([]);
    expect(await codes('fattura.xml')).toContain('00001');
  });

  it('says what keeps the sender from sending', async () => {
    const from = (codice: string): string => sample('privata', 'L/9').replace(/(<IdTrasmittente>[\s\S]*?<IdCodice>)\d+/, `$1${codice}`);
    const hindrances = async (): Promise<object[]> => {
      const { valid, findings } = await validate(from('01234567897'));
      expect(valid).toBe(true);
      return findings.filter(({ severity }) => severity === 'warning');
    };
    const company = { name: 'Senza casella', partitaIva: '01234567897' };
    expect(await hindrances()).toMatchObject([{ code: 'unknown-transmitter', path: expect.stringContaining('IdTrasmittente') as string, value: 'IT01234567897' }]);
    await api.json('POST', '/v1/companies', company);
    expect(await hindrances()).toMatchObject([{ code: 'no-mailbox' }]);
    await api.json('POST', '/v1/companies', company);
    expect(await hindrances()).toMatchObject([{ code: 'ambiguous-company' }]);
  });

  it.each([
    ['XML that breaks off', '<a'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3])],
    ['a p7m that is none', Buffer.from([0x30, 0x82, 0x01, 0x00, 0, 1, 2, 3])],
    ['another document', '<Invoice xmlns="urn:x"/>'],
  ])('answers for %s', async (_, body) => {
    const { valid, format, findings } = await validate(body, { 'content-type': 'application/octet-stream' });
    expect({ valid, format }).toEqual({ valid: false, format: null });
    expect(findings[0]?.severity).toBe('error');
  });

  it('chooses the rules by the day', async () => {
    expect((await validate(sample('privata', 'L/2'), XML, '?date=2023-01-10')).ruleVersion).toBe('1.7.1');
    expect((await api.request('POST', '/v1/invoices/validate?date=yesterday', sample('privata'), XML)).status).toBe(400);
  });
});

describe('parameters that no database holds', () => {
  const cursor = (...values: unknown[]): string => Buffer.from(JSON.stringify(values)).toString('base64url');
  const id = '00000000-0000-4000-8000-000000000000';
  it.each([
    ['/v1/stats/verdicts?from=0000-01-01', 'invalid-query'],
    ['/v1/stats/verdicts?to=1899-12-31', 'invalid-query'],
    ['/v1/invoices?from=0000-01-01', 'invalid-query'],
    [`/v1/invoices?cursor=${cursor('0000-01-01T00:00:00.000Z', id)}`, 'invalid-cursor'],
    [`/v1/invoices?cursor=${cursor(`2026-01-01T00:00:00.${'1'.repeat(70)}Z`, id)}`, 'invalid-cursor'],
    [`/v1/stats/verdicts?code=00423&cursor=${cursor('0000-01-01T00:00:00.000Z', id)}`, 'invalid-cursor'],
  ])('%s is 400 %s', async (target, slug) => {
    const response = await api.request('GET', target);
    expect([response.status, ((await response.json()) as Problem).type.split('/').at(-1)]).toEqual([400, slug]);
  });

  it('the last day is one', async () => expect((await api.request('GET', '/v1/stats/verdicts?from=1900-01-01&to=9999-12-31')).status).toBe(200));

  it.each(['2147483648', '0', '-1', '9'.repeat(40)])('an event of number %s is not there', async (sequence) => {
    const { id: invoiceId } = (await api.json<{ items: { id: string }[] }>('GET', '/v1/invoices?limit=1')).items[0] ?? { id: '' };
    expect((await api.request('GET', `/v1/invoices/${invoiceId}/timeline/${sequence}/evidence`)).status).toBe(404);
  });
});

describe('an invoice to the public administration', () => {
  const path = (): string => `/v1/companies/${companyId}/signing-certificate`;

  it('is signed when it comes unsigned; what came is kept beside', async () => {
    const xml = sample('pa', 'P/1');
    const invoice = await taken(xml);
    expect(invoice.fileName).toMatch(/^IT09876543217_[0-9A-Z]{5}\.xml\.p7m$/);
    expect(invoice.originalSha256).toBe(sha256(xml));
    expect(invoice.warnings.map(({ code }) => code)).not.toContain('00102');
    const file = await bytesAt(`/v1/invoices/${invoice.id}/file`);
    expect(sha256(file)).toBe(invoice.sha256);
    const opened = inspectP7m(file);
    expect(opened).toMatchObject({ ok: true, signatures: { signatures: [{ intact: true, signingCertificate: 'matches' }] } });
    expect(opened.ok && opened.content.toString()).toBe(xml);
    expect((await bytesAt(`/v1/invoices/${invoice.id}/file?original=true`)).toString()).toBe(xml);
    expect((await api.json<{ items: { id: string }[] }>('GET', `/v1/invoices?sha256=${sha256(xml)}`)).items).toMatchObject([{ id: invoice.id }]);
    await until(invoice.id, 'delivered');
  });

  it('keeps the name that was chosen for it, with the extension of what is sent', async () => {
    expect((await api.json<Invoice>('POST', '/v1/invoices?fileName=IT09876543217_PA1.xml', sample('pa', 'P/2'), XML)).fileName).toBe('IT09876543217_PA1.xml.p7m');
  });

  it('is signed as XAdES where the company wants it', async () => {
    expect(await api.json('PATCH', path(), { form: 'xades' })).toMatchObject({ form: 'xades' });
    const invoice = await taken(sample('pa', 'P/3'));
    expect(invoice.fileName).toMatch(/\.xml$/);
    expect(inspectXades(await bytesAt(`/v1/invoices/${invoice.id}/file`))).toMatchObject({ form: 'xades', signatures: [{ intact: true }] });
    await api.json('PATCH', path(), { form: 'cades' });
  });

  it.each(['xades', 'cades'] as const)('of some megabytes is signed as %s on a thread', async (form) => {
    expect((await api.request('PATCH', path(), { form })).status).toBe(200);
    const attachment = Buffer.alloc(2_400_000, 'a').toString('base64');
    const large = sample('pa', form === 'cades' ? 'P/91' : 'P/90').replace('</FatturaElettronicaBody>', `<Allegati><NomeAttachment>a.pdf</NomeAttachment><Attachment>${attachment}</Attachment></Allegati></FatturaElettronicaBody>`);
    const invoice = await taken(large);
    const file = await bytesAt(`/v1/invoices/${invoice.id}/file`);
    const opened = form === 'cades' ? inspectP7m(file) : undefined;
    const signatures = opened ? opened.ok && opened.signatures : inspectXades(file);
    expect(signatures).toMatchObject({ form, signatures: [{ intact: true }] });
    if (form === 'cades') expect(opened?.ok && opened.content.toString() === large).toBe(true);
    expect(service.output()).not.toMatch(/PRIVATE/);
  });

  it('that was tampered with after signing is refused', async () => {
    const invoice = await taken(sample('pa', 'P/4'));
    const signed = await bytesAt(`/v1/invoices/${invoice.id}/file`);
    const tampered = Buffer.from(signed.toString('latin1').replace('P/4', 'P/5'), 'latin1');
    expect((await refused(422, 'invalid-invoice', tampered, { 'content-type': 'application/pkcs7-mime' })).errors?.map(({ code }) => code)).toContain('00102');
    const sameAgain = await refused(409, 'duplicate-document', signed, { 'content-type': 'application/pkcs7-mime' });
    expect(sameAgain.invoiceId).toBe(invoice.id);
  });

  it('is refused where nobody can sign it, and goes again once somebody can', async () => {
    expect((await api.request('DELETE', path())).status).toBe(204);
    expect((await api.request('GET', path())).status).toBe(404);
    const problem = await refused(422, 'unsigned-pa-invoice', sample('pa', 'P/6'));
    expect(problem).toMatchObject({ companyId, errors: [{ companyId, fix: { it: expect.stringMatching(/caricare il certificato di firma in Aziende/) as string } }] });
    expect(problem.mend).toContain('signing-certificate');
    const key = await signingKey();
    const view = await api.json<Record<string, unknown>>('PUT', path(), { pkcs12: pkcs12(key, 'segreta').toString('base64'), password: 'segreta' });
    expect(view).toMatchObject({ companyId, algorithm: 'RSA 2048', form: 'cades', state: 'valid', keyUsage: { digitalSignature: true, nonRepudiation: true }, warnings: [] });
    expect(JSON.stringify([view, await api.json('GET', path())])).not.toMatch(/PRIVATE|segreta/);
    const invoice = await taken(sample('pa', 'P/6'));
    const opened = inspectP7m(await bytesAt(`/v1/invoices/${invoice.id}/file`));
    expect(opened.ok && opened.signatures.signatures[0]?.certificate?.der.equals(key.certificate)).toBe(true);
  });

  it('needs a certificate that can be used; what is wrong with one is said', async () => {
    const key = await signingKey();
    const put = async (body: object): Promise<[number, string]> => {
      const response = await api.request('PUT', path(), body);
      return [response.status, ((await response.json()) as { type?: string }).type?.split('/').at(-1) ?? ''];
    };
    const file = pkcs12(key, 'segreta').toString('base64');
    expect(await put({ pkcs12: file, password: 'errata' })).toEqual([422, 'signing-certificate-password']);
    expect(await put({ pkcs12: Buffer.from('no pfx').toString('base64'), password: 'x' })).toEqual([422, 'signing-certificate-unreadable']);
    expect(await put({ pkcs12: pkcs12(key, 'x', { withKey: false }).toString('base64'), password: 'x' })).toEqual([422, 'signing-certificate-without-key']);
    expect(await put({ pkcs12: '***', password: 'x' })).toEqual([422, 'invalid-body']);
    expect(await put({ pkcs12: Buffer.alloc(100_001).toString('base64'), password: 'x' })).toEqual([413, 'payload-too-large']);
    const expired = await signingKey({ notBefore: new Date('2020-01-01'), notAfter: new Date('2021-01-01') });
    expect(await put({ pkcs12: pkcs12(expired, 'x').toString('base64'), password: 'x' })).toEqual([422, 'signing-certificate-expired']);
  });

  it('is announced when its certificate ends soon, or is not meant for signing', async () => {
    const soon = await signingKey({ notAfter: new Date(Date.now() + 10 * 86_400_000), keyUsage: [0] });
    const form = new FormData();
    form.append('file', new Blob([pkcs12(soon, 'x')]), 'firma.p12');
    form.append('password', 'x');
    const response = await fetch(`${service.url}${path()}`, { method: 'PUT', headers: { authorization: `Bearer ${service.key}` }, body: form });
    expect(await response.json()).toMatchObject({ state: 'expiring', expiresInDays: 9, form: 'cades', warnings: [{ code: 'signing-certificate-expiring' }, { code: '00107' }] });
    expect((await api.json<{ warnings: object[] }>('GET', '/v1/stats/statuses')).warnings).toMatchObject([{ code: 'signing-certificate-expiring', companyId }]);
    expect(service.output()).not.toMatch(/PRIVATE|segreta/);
  });
});

describe('the JSON form', () => {
  const jsonOf = (xml: string): object => {
    const reading = readDocument(Buffer.from(xml));
    if (!reading.ok) throw new Error('the sample is not readable');
    return toJson(reading.document);
  };

  it('is taken like the XML that it stands for, and its bytes are kept', async () => {
    const body = JSON.stringify(jsonOf(sample('privata', 'J/1')));
    const invoice = await taken(body, { 'content-type': 'application/json' });
    expect(invoice.originalSha256).toBe(sha256(body));
    expect((await bytesAt(`/v1/invoices/${invoice.id}/file?original=true`)).toString()).toBe(body);
    const file = await bytesAt(`/v1/invoices/${invoice.id}/file`);
    expect(jsonOf(file.toString())).toEqual(jsonOf(sample('privata', 'J/1')));
    await until(invoice.id, 'delivered');
    await refused(409, 'duplicate-document', sample('privata', 'J/1'));
  });

  it('has findings that point into it', async () => {
    const document = JSON.parse(JSON.stringify(jsonOf(sample('privata', 'J/2')))) as { FatturaElettronica: { FatturaElettronicaBody: { DatiGenerali: { DatiGeneraliDocumento: { Divisa: string } } }[] } };
    for (const body of [document.FatturaElettronica.FatturaElettronicaBody].flat()) body.DatiGenerali.DatiGeneraliDocumento.Divisa = 'euro';
    const problem = await refused(422, 'invalid-invoice', JSON.stringify(document), { 'content-type': 'application/json' });
    expect(problem.errors?.[0]?.pointer).toMatch(/^\/FatturaElettronica\/FatturaElettronicaBody\/(?:0\/)?DatiGenerali\/DatiGeneraliDocumento\/Divisa$/);
    expect(problem.errors?.[0]).not.toHaveProperty('line');
  });

  it('that is no JSON, or no document, is refused', async () => {
    await refused(400, 'malformed-json', '{', { 'content-type': 'application/json' });
    await refused(422, 'invalid-invoice', '{}', { 'content-type': 'application/json' });
    const validated = (body: string | Buffer): Promise<{ valid: boolean; findings: Finding[] }> => api.json('POST', '/v1/invoices/validate', body, { 'content-type': 'application/json' });
    expect((await validated('{"a":1}')).valid).toBe(false);
    expect(await validated('{"a":1\n "b":2}')).toMatchObject({ valid: false, findings: [{ code: 'malformed-json', severity: 'error', line: 2, column: 2 }] });
    expect(await validated(Buffer.from('{"a":"\u00e0"}', 'latin1'))).toMatchObject({ valid: false, findings: [{ code: 'malformed-json', line: 1, column: 7, fix: { it: expect.stringContaining('UTF-8') as string } }] });
    expect((await validated('[1]')).findings[0]?.severity).toBe('error');
  });

  it('may come as the file of a form, told by its type or by how it begins', async () => {
    for (const [number, type] of [['J/10', 'application/json'], ['J/11', 'application/octet-stream']] as const) {
      const form = new FormData();
      form.append('file', new Blob([`\ufeff \n${JSON.stringify(jsonOf(sample('privata', number)))}`.slice(type === 'application/json' ? 3 : 1)], { type }), 'fattura.json');
      const response = await fetch(`${service.url}/v1/invoices`, { method: 'POST', headers: { authorization: `Bearer ${service.key}` }, body: form });
      expect([response.status, ((await response.json()) as { documents?: { number: string }[] }).documents?.length]).toEqual([202, 1]);
    }
  });

  it('of a large document holds nothing else up', async () => {
    const attachment = Buffer.alloc(1_500_000, 'a').toString('base64');
    const large = sample('privata', 'J/3').replace('</FatturaElettronicaBody>', `<Allegati><NomeAttachment>a.pdf</NomeAttachment><Attachment>${attachment}</Attachment></Allegati></FatturaElettronicaBody>`);
    const invoice = await taken(JSON.stringify(jsonOf(large)), { 'content-type': 'application/json' });
    expect(invoice.size).toBeGreaterThan(2_000_000);
    const page = await api.request('GET', `/v1/invoices/${invoice.id}/html`);
    expect(await page.text()).toContain('a.pdf');
  });
});

describe('a zip', () => {
  interface Item {
    name: string;
    status: 'accepted' | 'refused' | 'skipped';
    invoice?: Invoice;
    replayed?: boolean;
    problem?: Problem & { status: number };
    reason?: Finding;
  }
  const ZIP = { 'content-type': 'application/zip' };
  const zip = (...files: [name: string, content: string][]): Buffer => writeZip(files.map(([name, content]) => ({ name, bytes: Buffer.from(content) })));
  const send = async (bytes: Buffer, headers: Record<string, string> = ZIP): Promise<[number, Item[]]> => {
    const response = await post(bytes, headers);
    return [response.status, ((await response.json()) as { items: Item[] }).items];
  };

  it('is taken in file by file, each with its own answer', async () => {
    const [status, items] = await send(zip(['IT09876543217_ZIP1.xml', sample('privata', 'Z/1')], ['altra.xml', sample('pa', 'Z/2')], ['leggimi.txt', 'ciao']));
    expect([status, items.map((item) => item.status)]).toEqual([202, ['accepted', 'accepted', 'skipped']]);
    expect(items[0]?.invoice?.fileName).toBe('IT09876543217_ZIP1.xml');
    expect(items[1]?.invoice?.fileName).toMatch(/^IT09876543217_[0-9A-Z]{5}\.xml\.p7m$/);
    expect(items[2]?.reason).toMatchObject({ code: 'zip-stray-file' });
  });

  it('says which files were refused and why; the others go', async () => {
    const [status, items] = await send(zip(['a.xml', sample('privata', 'Z/3')], ['b.xml', sample('privata', 'Z/4').replace('<Divisa>EUR', '<Divisa>euro')], ['c.xml', sample('privata', 'Z/3')]));
    expect([status, items.map((item) => item.status)]).toEqual([207, ['accepted', 'refused', 'refused']]);
    expect(items[1]?.problem).toMatchObject({ status: 422, errors: [{ code: '00200' }] });
    expect(items[2]?.problem).toMatchObject({ status: 409, invoiceId: items[0]?.invoice?.id });
  });

  it('sent again under the same key gives the same invoices, also in a form', async () => {
    const bytes = zip(['a.xml', sample('privata', 'Z/5')], ['b.xml', sample('privata', 'Z/6')]);
    const [, first] = await send(bytes, { ...ZIP, 'idempotency-key': 'zip' });
    const [status, second] = await send(bytes, { ...ZIP, 'idempotency-key': 'zip' });
    expect([status, second.map(({ replayed }) => replayed)]).toEqual([202, [true, true]]);
    expect(second.map(({ invoice }) => invoice?.id)).toEqual(first.map(({ invoice }) => invoice?.id));
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(zip(['a.xml', sample('privata', 'Z/7')]))]), 'tutte.zip');
    const response = await fetch(`${service.url}/v1/invoices`, { method: 'POST', headers: { authorization: `Bearer ${service.key}` }, body: form });
    expect(response.status).toBe(202);
  });

  it('has its key for itself: with another archive or a single file the key is refused, unless nothing was taken', async () => {
    const key = { 'idempotency-key': 'zip-own' };
    const headers = { ...ZIP, ...key };
    expect((await post(zip(['a.xml', '<a/>']), headers)).status).toBe(422);
    await send(zip(['a.xml', sample('privata', 'Z/30')]), headers);
    const other = await refused(409, 'idempotency-key-reused', zip(['b.xml', sample('privata', 'Z/31')]), headers);
    expect(other).not.toHaveProperty('invoiceId');
    await refused(409, 'idempotency-key-reused', sample('privata', 'Z/32'), { ...XML, ...key });
    await taken(sample('privata', 'Z/33'), { ...XML, 'idempotency-key': 'single-own' });
    await refused(409, 'idempotency-key-reused', zip(['a.xml', sample('privata', 'Z/34')]), { ...ZIP, 'idempotency-key': 'single-own' });
  });

  it('of many files with many faults holds nothing else up, and its answer stays readable', async () => {
    const wrong = sample('privata').replace('</DatiBeniServizi>', `${'<Xyz/>'.repeat(30_000)}</DatiBeniServizi>`);
    const large = sample('privata', 'Z/20').replace('</FatturaElettronicaBody>', `<Allegati><NomeAttachment>a.pdf</NomeAttachment><Attachment>${Buffer.alloc(1_000_000, 'a').toString('base64')}</Attachment></Allegati></FatturaElettronicaBody>`);
    const bytes = zip(['large.xml', large], ...Array.from({ length: 120 }, (_, index): [string, string] => [`${index}.xml`, wrong]));
    const sent = post(bytes, ZIP);
    let done = false;
    void sent.finally(() => (done = true)).catch(() => undefined);
    const waits: number[] = [];
    while (!done) {
      const begun = performance.now();
      await api.request('GET', '/health/live');
      waits.push(performance.now() - begun);
    }
    // Each of the files takes some ten milliseconds: in one turn they would take seconds.
    expect(waits.length).toBeGreaterThan(10);
    expect(Math.max(...waits)).toBeLessThan(1_000);
    const answer = await (await sent).text();
    expect(answer.length).toBeLessThan(120 * 20_000);
    const { items } = JSON.parse(answer) as { items: (Item & { notListed?: { count: number } })[] };
    expect(items[0]).toMatchObject({ status: 'accepted', invoice: { size: Buffer.byteLength(large) } });
    expect(items[1]?.problem?.errors).toHaveLength(20);
    expect(items[1]?.notListed?.count).toBeGreaterThan(20);
    expect(items.at(-1)?.problem?.errors).toHaveLength(3);
  });

  it('of which nothing is taken, or that is none, is a problem', async () => {
    const nothing = await post(zip(['a.xml', '<a/>']), ZIP);
    expect(nothing.status).toBe(422);
    expect(await nothing.json()).toMatchObject({ type: expect.stringMatching(/nothing-taken$/) as string, items: [{ name: 'a.xml', status: 'refused' }] });
    await refused(422, 'unreadable-zip', Buffer.from('PK\u0003\u0004'), ZIP);
    await refused(422, 'unreadable-zip', zip(), ZIP);
    expect((await post(zip(['a.xml', sample('privata', 'Z/8')]), ZIP, '/v1/invoices?fileName=IT09876543217_ZZ.xml')).status).toBe(400);
  });
});

it('the API describes what comes in, the JSON form element by element', async () => {
  interface Described {
    paths: Record<string, { post: { requestBody: { content: Record<string, { schema: { $ref?: string } }> } } }>;
    components: { schemas: Record<string, object> };
  }
  const { paths, components } = await api.json<Described>('GET', '/docs-json');
  for (const path of ['/v1/invoices', '/v1/invoices/validate']) {
    const { content } = paths[path]!.post.requestBody;
    expect(Object.keys(content)).toEqual(expect.arrayContaining(['application/xml', 'application/pkcs7-mime', 'application/json', 'multipart/form-data']));
    const name = content['application/json']!.schema.$ref!.split('/').at(-1)!;
    expect(components.schemas).toHaveProperty([name]);
  }
});

describe('the readable page', () => {
  it('shows the invoice without scripts, in the language asked for', async () => {
    const invoice = await taken(sample('pa', 'H/1'));
    const italian = await api.request('GET', `/v1/invoices/${invoice.id}/html?lang=it`);
    expect(italian.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(italian.headers.get('content-security-policy')).toMatch(/default-src 'none'/);
    const page = await italian.text();
    expect(page).toContain('<html lang="it">');
    expect(page).toContain('H/1');
    expect(page).not.toContain('<script');
    expect(await (await api.request('GET', `/v1/invoices/${invoice.id}/html`)).text()).toContain('<html lang="en">');
    expect((await api.request('GET', `/v1/invoices/${invoice.id}/html?lang=fr`)).status).toBe(400);
  });
});

describe('what was foretold and what came', () => {
  interface Stats {
    items: { code: string; foretold: number; came: number; hits: number; title: { it: string } | null }[];
    invoices?: { items: { invoiceId: string; foretold: string | null; came: boolean }[]; next: string | null };
  }

  it('is counted by code, and tells of which invoices', async () => {
    const surprise = await taken(sample('privata', 'F/1-NS00477'));
    // Nearly the same number, which only the second one's ending makes the sandbox's SdI reject.
    await taken(sample('privata', 'F/2-NS404'));
    const foretold = await taken(sample('privata', 'F/2-NS00404'));
    expect(foretold.warnings).toMatchObject([{ code: '00404', severity: 'warning' }]);
    await until(surprise.id, 'rejected');
    await until(foretold.id, 'rejected');
    const { items } = await api.json<Stats>('GET', '/v1/stats/verdicts');
    expect(items.find(({ code }) => code === '00477')).toMatchObject({ foretold: 0, came: 1, hits: 0, title: { it: expect.any(String) as string } });
    expect(items.find(({ code }) => code === '00404')).toMatchObject({ came: 1, hits: 1 });
    expect(items.find(({ code }) => code === '00423')).toMatchObject({ came: 2 });
    expect((await api.json<Stats>('GET', '/v1/stats/verdicts?code=00404')).invoices?.items[0]).toMatchObject({ invoiceId: foretold.id, foretold: 'warning', came: true });
    const one = await api.json<Stats>('GET', '/v1/stats/verdicts?code=00477');
    expect(one.invoices).toMatchObject({ items: [{ invoiceId: surprise.id, foretold: null, came: true }], next: null });
    const paged = await api.json<Stats>('GET', `/v1/stats/verdicts?code=00423&limit=1&company=${companyId}`);
    expect(paged.invoices?.items.length).toBe(1);
    const rest = await api.json<Stats>('GET', `/v1/stats/verdicts?code=00423&limit=1&cursor=${paged.invoices?.next ?? ''}`);
    expect(rest.invoices?.items[0]?.invoiceId).not.toBe(paged.invoices?.items[0]?.invoiceId);
    expect((await api.json<Stats>('GET', '/v1/stats/verdicts?to=2020-01-01')).items).toEqual([]);
  });
});
