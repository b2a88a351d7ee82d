import { SCOPES } from '../../src/companies/auth/scopes.js';
import { sample } from './sample.js';
import { Api, eventually } from './service.js';

/** A company with something in every table, and a key that is bound to it. */
export interface Tenant {
  readonly name: string;
  readonly api: Api;
  readonly keyId: string;
  readonly companyId: string;
  readonly mailboxId: string;
  readonly invoiceId: string;
  readonly webhookId: string;
  readonly deliveryId: string;
  /** Only the sandbox writes to a mailbox, and it knows the demo company's alone. */
  readonly messageId?: string;
  readonly receivedId?: string;
  /** What no answer to anybody else may hold. */
  readonly marks: readonly string[];
  /** An invoice of this company that was not posted yet. */
  xml(): string;
}

interface Listed {
  readonly items: readonly { readonly id: string }[];
}

let serial = 0;

/**
 * Fills a company: a key, a webhook whose target refuses connections, an invoice with an attempt and deliveries.
 * @param receives wait until the sandbox has answered into its mailbox
 */
export async function fillTenant(root: Api, name: string, vat: string, company: { readonly companyId: string; readonly mailboxId: string }, receives: boolean): Promise<Tenant> {
  const { companyId, mailboxId } = company;
  const key = await root.json<{ id: string; key: string }>('POST', '/v1/keys', { name, scopes: [...SCOPES], companyId });
  const webhook = await root.json<{ id: string }>('POST', '/v1/webhooks', { url: `http://127.0.0.1:1/${name}`, companyId });
  const xml = (): string => sample('privata', `${name}/${++serial}`).replaceAll('09876543217', vat);
  const api = new Api(root.url, key.key);
  const invoice = await api.post(xml());
  const first = (what: string, path: string): Promise<string> => eventually(`${name} has ${what}`, async () => (await root.json<Listed>('GET', path)).items[0]?.id);
  await first('an attempt', `/v1/invoices/${invoice.id}/attempts`);
  const { id: deliveryId } = await root.json<{ id: string }>('POST', `/v1/webhooks/${webhook.id}/test`, {});
  await eventually(`${name} has a delivery of its invoice`, async () => ((await root.json<Listed>('GET', `/v1/webhooks/${webhook.id}/deliveries`)).items.length > 1 ? true : undefined));
  const messageId = receives ? await first('a message', `/v1/messages?invoice=${invoice.id}`) : undefined;
  if (receives) await root.json('POST', '/v1/sandbox/received', {});
  const receivedId = receives ? await first('a received invoice', `/v1/received-invoices?company=${companyId}`) : undefined;
  const ids = { companyId, mailboxId, invoiceId: invoice.id, webhookId: webhook.id, deliveryId, ...(messageId === undefined ? {} : { messageId }), ...(receivedId === undefined ? {} : { receivedId }) };
  return { name, api, keyId: key.id, ...ids, marks: [...Object.values(ids), invoice.fileName, `${name}/`, `pec.${name}`], xml };
}

export const OTHER_VAT = '02468013574';

/** The demo company, which the sandbox answers, and another one beside it. */
export async function twoTenants(root: Api): Promise<readonly [demo: Tenant, other: Tenant]> {
  const home = await eventually('the demo company has its mailbox', async () => (await root.json<{ items: { id: string; companyId: string }[] }>('GET', '/v1/mailboxes')).items[0]);
  const { id: companyId } = await root.json<{ id: string }>('POST', '/v1/companies', { name: 'Altra Officina', partitaIva: OTHER_VAT });
  const { id: mailboxId } = await root.json<{ id: string }>('POST', '/v1/mailboxes', otherMailbox(companyId, 'fatture'));
  return Promise.all([fillTenant(root, 'demo', '09876543217', { companyId: home.companyId, mailboxId: home.id }, true), fillTenant(root, 'other', OTHER_VAT, { companyId, mailboxId }, false)]);
}

/** A mailbox where nobody answers. */
export function otherMailbox(companyId: string, user: string): object {
  const nobody = { host: '127.0.0.1', port: 1 };
  return { companyId, address: `${user}@pec.other.example`, provider: 'other', password: 'invented', smtp: nobody, imap: nobody };
}
