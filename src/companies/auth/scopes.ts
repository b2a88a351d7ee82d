/** What a key may do. A key without a company may do it for all of them. */
export const SCOPES = [
  'invoices:read',
  'invoices:write',
  'companies:read',
  'companies:write',
  'messages:read',
  'messages:write',
  'webhooks:read',
  'webhooks:write',
  'trust:write',
  'sandbox',
  'keys:write',
] as const;
export type Scope = (typeof SCOPES)[number];

/** Who asks. */
export interface Caller {
  readonly apiKeyId?: string;
  /** Set when the key is bound to one company: nothing of another one is ever shown. */
  readonly companyId?: string;
  readonly scopes: readonly string[];
  readonly name: string;
}
