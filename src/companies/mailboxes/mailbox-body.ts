import { z } from 'zod';
import type { RuleParams } from '../../platform/http/zod-body.js';
import { FIRST_SDI_ADDRESS, isSdiAddress } from '../../sdi/index.js';
import { PROVIDER_PRESETS } from './presets.js';

const host = z.string().trim().regex(/^[A-Za-z0-9.:-]{1,253}$/);
const address = z.email().max(254);
const password = z.string().min(1).max(512);
const side = z.object({
  host: host.optional(),
  port: z.int().min(1).max(65535).optional(),
  security: z.enum(['tls', 'starttls']).optional(),
  user: z.string().min(1).max(254).optional(),
  password: password.optional(),
});

const UNKNOWN_PROVIDER = {
  code: 'unknown-provider',
  message: { it: 'Gestore sconosciuto', en: 'Unknown provider' },
  fix: { it: 'Usare un id di GET /v1/mailboxes/presets, oppure "other".', en: 'Use an id of GET /v1/mailboxes/presets, or "other".' },
} satisfies RuleParams;

const NOT_SDI = {
  code: 'not-sdi-address',
  message: { it: 'Non è un indirizzo del Sistema di Interscambio', en: 'This is not an address of SdI' },
  fix: { it: 'Usare sdiNN@pec.fatturapa.it, come indicato dal SdI.', en: 'Use sdiNN@pec.fatturapa.it, as SdI assigned it.' },
} satisfies RuleParams;

const settings = {
  folders: z.array(z.string().min(1).max(200)).min(1).max(10),
  sdiAddress: z.string().refine(isSdiAddress, { params: NOT_SDI }),
  providerSigners: z.array(address.toLowerCase()).max(10),
  quotaPerHour: z.int().min(1).max(1_000_000),
  quotaPerDay: z.int().min(1).max(10_000_000),
  /** At least an hour: providers answer within minutes, and a second copy is worse than a late one (pec.md 9.5). */
  resendUnansweredAfterS: z.int().min(3600).max(7 * 24 * 3600).nullable(),
};

/** A person's word on the address of SdI; that of the address in force settles what was seen beside it. */
export const SdiAddressDecisionBody = z.object({ address: settings.sdiAddress.toLowerCase(), note: z.string().trim().min(1).max(500).describe('Why, and how the address was learned; kept with it') });

export const NewMailbox = z.object({
  companyId: z.uuid(),
  address,
  provider: z
    .string()
    .refine((id) => id === 'other' || PROVIDER_PRESETS.some((preset) => preset.id === id), { params: UNKNOWN_PROVIDER })
    .default('other'),
  /** One password for both sides, unless a side has its own. */
  password: password.optional(),
  smtp: side.prefault({}),
  imap: side.prefault({}),
  folders: settings.folders.default(['INBOX']),
  /** The first file ever goes to sdi01; afterwards SdI names the address (sdi.md 3.1). */
  sdiAddress: settings.sdiAddress.default(FIRST_SDI_ADDRESS),
  providerSigners: settings.providerSigners.optional(),
  quotaPerHour: settings.quotaPerHour.optional(),
  quotaPerDay: settings.quotaPerDay.optional(),
  resendUnansweredAfterS: settings.resendUnansweredAfterS.optional(),
});

export const ChangeMailbox = z.object({
  address: address.optional(),
  password: password.optional(),
  smtp: side.optional(),
  imap: side.optional(),
  folders: settings.folders.optional(),
  sdiAddress: settings.sdiAddress.optional(),
  providerSigners: settings.providerSigners.optional(),
  quotaPerHour: settings.quotaPerHour.optional(),
  quotaPerDay: settings.quotaPerDay.optional(),
  resendUnansweredAfterS: settings.resendUnansweredAfterS.optional(),
  enabled: z.boolean().optional(),
  isDefault: z.literal(true).optional(),
});
export type ChangeMailbox = z.infer<typeof ChangeMailbox>;
