import { randomBytes } from 'node:crypto';
import { PROVIDER_PRESETS } from '../../../src/companies/mailboxes/presets.js';
import { OUTCOMES } from '../../../src/sandbox/outcomes/outcomes.js';
import { certificateOf, companyWarnings } from './invented-companies.js';
import { FINDINGS } from './invented-findings.js';
import { asAttempts, asDetail, asInvoice, asTimeline, SELLERS, type InventedInvoice } from './invented-invoices.js';
import { act, asMessageDetail, heldCounts, type InventedMessage } from './invented-quarantine.js';
import type { World } from './world.js';

export interface Asked {
  readonly query: URLSearchParams;
  readonly body: string;
  readonly json: Record<string, unknown>;
}

export type Answer = { status?: number; json?: unknown; bytes?: Buffer; type?: string; name?: string; cookie?: string };

export function problem(status: number, slug: string, it: string, en: string, more: object = {}): Answer {
  return {
    status,
    type: 'application/problem+json',
    json: {
      type: `https://corriere.dev/problems/${slug}`,
      title: en,
      status,
      messages: { it: { title: it, detail: `${it}: dettaglio.`, mend: 'Controllare e riprovare.' }, en: { title: en, detail: `${en}: detail.`, mend: 'Check and try again.' } },
      ...more,
    },
  };
}

const MISSING = problem(404, 'not-found', 'Non trovato', 'Not found');

type Handler = (world: World, asked: Asked, ...path: string[]) => Answer;

function list(world: World, { query }: Asked): Answer {
  const wanted = (query.get('status') ?? '').split(',').filter(Boolean);
  const text = (query.get('q') ?? '').toLowerCase();
  const company = query.get('company') ?? '';
  const limit = Number(query.get('limit') ?? 50);
  const start = Number(query.get('cursor') ?? 0);
  const items = world.invoices.map((invoice) => asInvoice(invoice) as Record<string, unknown> & { status: string; companyId: string; date: string }).filter((invoice) => {
    if (wanted.length > 0 && !wanted.includes(invoice.status)) return false;
    if (company && invoice.companyId !== company) return false;
    if (query.get('from') && invoice.date < String(query.get('from'))) return false;
    if (query.get('to') && invoice.date > String(query.get('to'))) return false;
    return !text || JSON.stringify(invoice).toLowerCase().includes(text);
  });
  return { json: { items: items.slice(start, start + limit), next: items.length > start + limit ? String(start + limit) : null } };
}

const withInvoice =
  (work: (world: World, invoice: InventedInvoice, ...rest: string[]) => Answer): Handler =>
  (world, _asked, id = '', ...rest) => {
    const invoice = world.invoices.find((candidate) => candidate.id === id);
    return invoice ? work(world, invoice, ...rest) : problem(404, 'invoice-not-found', 'Fattura non trovata', 'Invoice not found');
  };

const page = (items: readonly unknown[], { query }: Asked): Answer => {
  const limit = Number(query.get('limit') ?? 50);
  const start = Number(query.get('cursor') ?? 0);
  return { json: { items: items.slice(start, start + limit), next: items.length > start + limit ? String(start + limit) : null } };
};

const FAULTS = [
  { kind: 'drop-after-data', description: { it: 'La connessione cade dopo DATA, prima del 250.', en: 'The connection drops after DATA, before the 250.' } },
  { kind: 'swallow-receipt', description: { it: 'Una ricevuta si perde.', en: 'One receipt is lost.' } },
  { kind: 'duplicate', description: { it: 'Ogni messaggio arriva due volte.', en: 'Every message comes twice.' } },
];

const withMessage =
  (work: (world: World, message: InventedMessage, asked: Asked) => Answer): Handler =>
  (world, asked, id = '') => {
    const message = world.channels.messages.find((candidate) => candidate.id === id);
    return message ? work(world, message, asked) : MISSING;
  };

export const ROUTES: readonly (readonly [string, RegExp, Handler])[] = [
  ['GET', /^\/v1\/session$/, (world) => ({ json: { name: 'first key', scopes: [], companyId: null, passwordSet: world.password !== undefined } })],
  ['PUT', /^\/v1\/session\/password$/, (world, { json }) => {
    world.password = String(json['password']);
    return { status: 204 };
  }],
  ['GET', /^\/v1\/invoices$/, list],
  ['POST', /^\/v1\/invoices$/, (world, { body }) => {
    if (!body.includes('FatturaElettronica')) return problem(422, 'invalid-invoice', 'La fattura non è valida', 'The invoice is not valid', { errors: FINDINGS });
    return { status: 202, json: asInvoice(world.begin('', 'private')) };
  }],
  ['POST', /^\/v1\/invoices\/validate$/, (_world, { body }) => ({ json: body.includes('FatturaElettronica') ? { valid: true, format: 'FPR12', ruleVersion: '1.9.1', findings: [] } : { valid: false, format: null, ruleVersion: '1.9.1', findings: FINDINGS } })],
  ['GET', /^\/v1\/stats\/statuses$/, (world, { query }) => ({ json: { ...world.counts(query.get('company') ?? ''), warnings: companyWarnings() } })],
  ['GET', /^\/v1\/invoices\/([^/]+)$/, withInvoice((_world, invoice) => ({ json: asDetail(invoice) }))],
  ['GET', /^\/v1\/invoices\/([^/]+)\/timeline$/, withInvoice((_world, invoice) => ({ json: { items: asTimeline(invoice), chain: { ok: true } } }))],
  ['GET', /^\/v1\/invoices\/([^/]+)\/timeline\/(\d+)\/evidence$/, withInvoice((_world, invoice, sequence) => {
    const event = invoice.events.find((candidate) => String(candidate.sequence) === sequence);
    return event ? { bytes: event.evidence, type: 'application/octet-stream' } : MISSING;
  })],
  ['GET', /^\/v1\/invoices\/([^/]+)\/attempts$/, withInvoice((_world, invoice) => ({ json: { items: asAttempts(invoice) } }))],
  ['GET', /^\/v1\/invoices\/([^/]+)\/file$/, withInvoice((_world, invoice) => ({ bytes: invoice.file, type: 'application/xml', name: invoice.fileName }))],
  ['POST', /^\/v1\/invoices\/([^/]+)\/resend$/, withInvoice((world, invoice) => {
    world.resend(invoice);
    return { status: 202, json: asInvoice(invoice) };
  })],
  ['GET', /^\/v1\/companies$/, (world) => ({ json: { items: world.companies, next: null } })],
  ['GET', /^\/v1\/companies\/([^/]+)$/, (world, _asked, id) => {
    const company = world.companies.find((candidate) => candidate.id === id);
    return company ? { json: company } : MISSING;
  }],
  ['PATCH', /^\/v1\/companies\/([^/]+)$/, (world, { json }, id) => {
    const company = world.companies.find((candidate) => candidate.id === id);
    return company ? { json: Object.assign(company, json) } : MISSING;
  }],
  ['GET', /^\/v1\/companies\/([^/]+)\/signing-certificate$/, (_world, _asked, id = '') => {
    const certificate = certificateOf(id);
    return certificate ? { json: certificate } : problem(404, 'signing-certificate-not-found', 'Nessun certificato di firma', 'No signing certificate');
  }],
  ['GET', /^\/v1\/mailboxes\/presets$/, () => ({ json: { items: PROVIDER_PRESETS, next: null } })],
  ['GET', /^\/v1\/mailboxes$/, (world) => ({ json: { items: world.channels.mailboxes, next: null } })],
  ['POST', /^\/v1\/mailboxes$/, (world, { json }) => {
    const made = { ...world.channels.mailboxes[0], ...json, id: `0198f1a0-7777-7000-8000-${randomBytes(6).toString('hex')}`, trust: 'public', isDefault: false, sentLastHour: 0, sentLastDay: 0, health: { send: { state: 'unknown' }, read: { state: 'unknown' } } };
    world.channels.mailboxes.push(made as never);
    return { status: 201, json: made };
  }],
  ['GET', /^\/v1\/mailboxes\/([^/]+)$/, (world, _asked, id) => {
    const mailbox = world.channels.mailboxes.find((candidate) => candidate.id === id);
    return mailbox ? { json: mailbox } : MISSING;
  }],
  ['PATCH', /^\/v1\/mailboxes\/([^/]+)$/, (world, { json }, id) => {
    const mailbox = world.channels.mailboxes.find((candidate) => candidate.id === id);
    return mailbox ? { json: Object.assign(mailbox, json) } : MISSING;
  }],
  ['POST', /^\/v1\/mailboxes\/([^/]+)\/reconcile$/, (world, _asked, id) => {
    const mailbox = world.channels.mailboxes.find((candidate) => candidate.id === id);
    return mailbox ? { json: mailbox } : MISSING;
  }],
  ['POST', /^\/v1\/mailboxes\/([^/]+)\/sdi-address$/, (world, { json }, id) => {
    const mailbox = world.channels.mailboxes.find((candidate) => candidate.id === id);
    return mailbox ? { json: Object.assign(mailbox, { sdiAddress: (json as { address: string }).address, sdiAddressSightings: [], remarks: [] }) } : MISSING;
  }],
  ['POST', /^\/v1\/mailboxes\/([^/]+)\/test$/, (_world, _asked, id) => {
    const ok = id === SELLERS[0].mailboxId;
    return {
      json: {
        ok,
        smtp: ok
          ? { ok, message: { it: 'Accesso riuscito.', en: 'Logged in.' }, ms: 212 }
          : { ok, message: { it: 'Il server ha rifiutato utente e password (535). Controllare la password dei programmi di posta.', en: 'The server refused user and password (535). Check the password for mail programs.' }, ms: 640 },
        imap: { ok: true, message: { it: 'Accesso riuscito; 1.204 messaggi in INBOX.', en: 'Logged in; 1,204 messages in INBOX.' }, ms: 308, capabilities: ['IMAP4rev1', 'IDLE', 'UIDPLUS', 'CONDSTORE'] },
      },
    };
  }],
  ['GET', /^\/v1\/messages$/, (world, asked) => {
    const { query } = asked;
    const wanted = (name: 'mailbox' | 'disposition' | 'reason', value: string | null) => !query.get(name) || query.get(name) === value;
    const text = (query.get('q') ?? '').toLowerCase();
    return page(
      world.channels.messages.filter((message) => wanted('mailbox', message.mailboxId) && wanted('disposition', message.disposition) && wanted('reason', message.reason) && `${message.subject} ${message.from}`.toLowerCase().includes(text)),
      asked,
    );
  }],
  ['GET', /^\/v1\/messages\/([^/]+)$/, (world, _asked, id) => {
    const message = world.channels.messages.find((candidate) => candidate.id === id);
    return message ? { json: asMessageDetail(world, message) } : MISSING;
  }],
  ['GET', /^\/v1\/messages\/([^/]+)\/attachments\/1$/, () => ({ bytes: Buffer.from('<x/>'), type: 'application/octet-stream', name: 'a.xml' })],
  ['GET', /^\/v1\/stats\/quarantine$/, (world) => ({ json: heldCounts(world) })],
  ['GET', /^\/v1\/messages\/([^/]+)\/raw$/, () => ({ bytes: Buffer.from('Subject: prova\r\n\r\n'), type: 'message/rfc822', name: 'message.eml' })],
  ['POST', /^\/v1\/messages\/([^/]+)\/judge$/, withMessage((world, message) => ({ json: asMessageDetail(world, message) }))],
  ['POST', /^\/v1\/messages\/([^/]+)\/not-ours$/, withMessage((world, message, { json }) => {
    act(message, 'not_ours', { disposition: 'not_ours', reason: 'not_ours_by_person' }, { note: json['note'] });
    return { json: asMessageDetail(world, message) };
  })],
  ['POST', /^\/v1\/messages\/([^/]+)\/attach$/, withMessage((world, message, { json }) => {
    const states = (json['states'] as string[] | undefined) ?? [];
    const doubts = states.length > 0 ? ['other_hash'] : [];
    if (doubts.length > 0 && json['override'] !== true) return problem(409, 'override-needed', 'Serve una conferma esplicita', 'An explicit confirmation is needed', { errors: doubts.map((code) => ({ code, severity: 'warning', message: { it: 'L’hash nel messaggio è quello di un altro file.', en: 'The hash in the message is that of another file.' } })) });
    act(message, 'attach', { disposition: 'applied', reason: 'attached_by_person' }, { note: json['note'], invoiceId: json['invoiceId'], states, doubts });
    message.invoiceId = String(json['invoiceId']);
    return { json: asMessageDetail(world, message) };
  })],
  ['POST', /^\/v1\/trust\/certificates$/, () => problem(409, 'certificate-trusted', 'Certificato già fidato', 'Certificate trusted already')],
  ['GET', /^\/v1\/trust\/certificates$/, (world, asked) => page(world.trust.certificates.filter((entry) => asked.query.get('source') !== 'bundled' && (!asked.query.get('state') || entry.state === asked.query.get('state'))), asked)],
  ['GET', /^\/v1\/trust\/signers$/, (world) => ({ json: { items: world.trust.signers, next: null, warnings: world.trust.warnings } })],
  ['GET', /^\/v1\/trust\/log$/, (world, asked) => page(world.trust.log, asked)],
  ['GET', /^\/v1\/webhooks$/, (world) => ({ json: { items: world.channels.webhooks, next: null } })],
  ['POST', /^\/v1\/webhooks$/, (world, { json }) => {
    const made = { id: `0198f1a0-8888-7000-8000-${randomBytes(6).toString('hex')}`, companyId: null, url: String(json['url']), description: (json['description'] as string | undefined) ?? null, eventTypes: json['eventTypes'] as string[], enabled: true, createdAt: new Date().toISOString(), health: { lastSuccessAt: null, lastFailureAt: null, failingSince: null, waiting: 0 } };
    world.channels.webhooks.push(made as never);
    return { status: 201, json: { ...made, secret: `whsec_${randomBytes(24).toString('base64')}` } };
  }],
  ['GET', /^\/v1\/webhooks\/([^/]+)$/, (world, _asked, id) => {
    const webhook = world.channels.webhooks.find((candidate) => candidate.id === id);
    return webhook ? { json: webhook } : MISSING;
  }],
  ['PATCH', /^\/v1\/webhooks\/([^/]+)$/, (world, { json }, id) => {
    const webhook = world.channels.webhooks.find((candidate) => candidate.id === id);
    return webhook ? { json: Object.assign(webhook, json) } : MISSING;
  }],
  ['DELETE', /^\/v1\/webhooks\/([^/]+)$/, (world, _asked, id) => {
    const index = world.channels.webhooks.findIndex((candidate) => candidate.id === id);
    if (index >= 0) world.channels.webhooks.splice(index, 1);
    return { status: 204 };
  }],
  ['POST', /^\/v1\/webhooks\/([^/]+)\/test$/, (world) => ({ status: 202, json: world.channels.deliveries[0] })],
  ['GET', /^\/v1\/webhooks\/([^/]+)\/deliveries$/, (world, asked) => page(world.channels.deliveries, asked)],
  ['GET', /^\/v1\/webhooks\/[^/]+\/deliveries\/([^/]+)$/, (world, _asked, id) => {
    const delivery = world.channels.deliveries.find((candidate) => candidate.id === id);
    return delivery ? { json: delivery } : MISSING;
  }],
  ['POST', /^\/v1\/webhooks\/[^/]+\/deliveries\/[^/]+\/redeliver$/, () => ({ status: 202 })],
  ['GET', /^\/v1\/sandbox$/, (world) => ({
    json: { clock: { now: new Date(Date.now() + world.clockOffset).toISOString(), offsetMs: world.clockOffset }, outcomes: OUTCOMES, faults: world.faults, faultKinds: FAULTS, arrivals: world.invoices.length },
  })],
  ['POST', /^\/v1\/sandbox\/clock$/, (world, { json }) => {
    const [, amount = '0', unit = 'm'] = /^(\d+)([dhm])/.exec(String(json['advance'])) ?? [];
    world.clockOffset += Number(amount) * { d: 86_400_000, h: 3_600_000, m: 60_000 }[unit as 'd' | 'h' | 'm'];
    return { json: {} };
  }],
  ['POST', /^\/v1\/sandbox\/faults$/, (world, { json }) => {
    world.faults.push({ kind: String(json['kind']), count: Number(json['count'] ?? 1) });
    return { status: 201, json: {} };
  }],
  ['DELETE', /^\/v1\/sandbox\/faults$/, (world) => {
    world.faults = [];
    return { status: 204 };
  }],
  ['POST', /^\/v1\/sandbox\/samples$/, (world, { json }) => ({ status: 202, json: asInvoice(world.begin(String(json['outcome'] ?? ''), json['flow'] === 'pa' ? 'pa' : 'private')) })],
];
