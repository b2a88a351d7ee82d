import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { ApiZodBody } from '../../platform/http/api-zod-body.js';
import { defineProblem, Problem } from '../../platform/http/problem.js';
import { type RuleParams, zodBody } from '../../platform/http/zod-body.js';
import { CallerParam, Scopes } from '../auth/decorators.js';
import type { Caller } from '../auth/scopes.js';
import { allowCompany, mayRead } from '../auth/tenancy.js';
import { Companies } from '../company/companies.js';
import { MAILBOX_EXISTS, MAILBOX_NOT_FOUND } from '../company/problems.js';
import type { Mailbox } from './mailbox.js';
import { PROVIDER_PRESETS } from './presets.js';
import { type ProbeResult, probeMailbox } from './probe.js';
import { type MailboxChange, StoredMailboxes } from './stored-mailboxes.js';
import { MailboxUsage } from './usage.js';

const host = z.string().trim().regex(/^[A-Za-z0-9.:-]{1,253}$/);
const address = z.email().max(254);
const side = z.object({
  host: host.optional(),
  port: z.int().min(1).max(65535).optional(),
  security: z.enum(['tls', 'starttls']).optional(),
  user: z.string().min(1).max(254).optional(),
  password: z.string().min(1).max(512).optional(),
});
/** The first file ever goes to sdi01; afterwards SdI names the address (sdi.md 3.1). */
const FIRST_SDI_ADDRESS = 'sdi01@pec.fatturapa.it';

const UNKNOWN_PROVIDER = {
  code: 'unknown-provider',
  message: { it: 'Gestore sconosciuto', en: 'Unknown provider' },
  fix: { it: 'Usare un id di GET /v1/mailboxes/presets, oppure "other".', en: 'Use an id of GET /v1/mailboxes/presets, or "other".' },
} satisfies RuleParams;

const settings = {
  folders: z.array(z.string().min(1).max(200)).min(1).max(10),
  sdiAddress: z.email().max(254),
  quotaPerHour: z.int().min(1).max(1_000_000),
  quotaPerDay: z.int().min(1).max(10_000_000),
  /** At least an hour: providers answer within minutes, and a second copy is worse than a late one (pec.md 9.5). */
  resendUnansweredAfterS: z.int().min(3600).max(7 * 24 * 3600).nullable(),
};
const NewMailbox = z.object({
  companyId: z.uuid(),
  address,
  provider: z
    .string()
    .refine((id) => id === 'other' || PROVIDER_PRESETS.some((preset) => preset.id === id), { params: UNKNOWN_PROVIDER })
    .default('other'),
  /** One password for both sides, unless a side has its own. */
  password: z.string().min(1).max(512).optional(),
  smtp: side.prefault({}),
  imap: side.prefault({}),
  folders: settings.folders.default(['INBOX']),
  sdiAddress: settings.sdiAddress.default(FIRST_SDI_ADDRESS),
  quotaPerHour: settings.quotaPerHour.optional(),
  quotaPerDay: settings.quotaPerDay.optional(),
  resendUnansweredAfterS: settings.resendUnansweredAfterS.optional(),
});
const ChangeMailbox = z.object({
  address: address.optional(),
  password: z.string().min(1).max(512).optional(),
  smtp: side.optional(),
  imap: side.optional(),
  folders: settings.folders.optional(),
  sdiAddress: settings.sdiAddress.optional(),
  quotaPerHour: settings.quotaPerHour.optional(),
  quotaPerDay: settings.quotaPerDay.optional(),
  resendUnansweredAfterS: settings.resendUnansweredAfterS.optional(),
  enabled: z.boolean().optional(),
  isDefault: z.literal(true).optional(),
});

const INCOMPLETE = defineProblem('mailbox-incomplete', 422, { it: 'Casella incompleta', en: 'Mailbox incomplete' });

const DEFAULT_QUOTA = { quotaPerHour: 300, quotaPerDay: 7_200 };

@ApiTags('mailboxes')
@Controller('v1/mailboxes')
export class MailboxesController {
  constructor(
    private readonly mailboxes: StoredMailboxes,
    private readonly companies: Companies,
    private readonly usage: MailboxUsage,
  ) {}

  @Get('presets')
  @Scopes('companies:read')
  presets(): object {
    return { items: PROVIDER_PRESETS, next: null };
  }

  @Get()
  @Scopes('companies:read')
  async list(@CallerParam() caller: Caller, @Query('company') company?: string): Promise<object> {
    const only = caller.companyId ?? z.uuid().optional().catch(undefined).parse(company);
    return { items: await Promise.all((await this.mailboxes.list(only)).map((mailbox) => this.#view(mailbox))), next: null };
  }

  @Get(':id')
  @Scopes('companies:read')
  async get(@CallerParam() caller: Caller, @Param('id', ParseUUIDPipe) id: string): Promise<object> {
    return this.#view(await this.#require(caller, id));
  }

  @Post()
  @Scopes('companies:write')
  @ApiZodBody(NewMailbox)
  async create(@CallerParam() caller: Caller, @Body(zodBody(NewMailbox)) body: z.infer<typeof NewMailbox>): Promise<object> {
    allowCompany(caller, body.companyId);
    await this.companies.require(body.companyId);
    const preset = PROVIDER_PRESETS.find((candidate) => candidate.id === body.provider);
    const endpoint = (name: 'smtp' | 'imap', port: number): Mailbox['smtp'] & { password: string } => {
      const chosen = body[name];
      const known = preset?.[name];
      return {
        host: chosen.host ?? known?.host ?? this.#missing(`/${name}/host`),
        port: chosen.port ?? known?.port ?? port,
        security: chosen.security ?? known?.security ?? 'tls',
        user: chosen.user ?? body.address,
        password: chosen.password ?? body.password ?? this.#missing('/password'),
      };
    };
    const { password: smtpPassword, ...smtp } = endpoint('smtp', 465);
    const { password: imapPassword, ...imap } = endpoint('imap', 993);
    const mailbox = await this.#unique(() =>
      this.mailboxes.create({
        companyId: body.companyId,
        address: body.address,
        provider: body.provider,
        smtp,
        imap,
        passwords: { smtp: smtpPassword, imap: imapPassword },
        folders: body.folders,
        sdiAddress: body.sdiAddress,
        quotaPerHour: body.quotaPerHour ?? preset?.quotaPerHour ?? DEFAULT_QUOTA.quotaPerHour,
        quotaPerDay: body.quotaPerDay ?? preset?.quotaPerDay ?? DEFAULT_QUOTA.quotaPerDay,
        resendUnansweredAfterS: body.resendUnansweredAfterS,
        trust: 'public',
      }),
    );
    return this.#view(mailbox);
  }

  @Patch(':id')
  @Scopes('companies:write')
  @ApiZodBody(ChangeMailbox)
  async change(@CallerParam() caller: Caller, @Param('id', ParseUUIDPipe) id: string, @Body(zodBody(ChangeMailbox)) body: z.infer<typeof ChangeMailbox>): Promise<object> {
    const before = await this.#require(caller, id);
    const merge = (name: 'smtp' | 'imap'): Mailbox['smtp'] => ({
      host: body[name]?.host ?? before[name].host,
      port: body[name]?.port ?? before[name].port,
      security: body[name]?.security ?? before[name].security,
      user: body[name]?.user ?? before[name].user,
    });
    const smtpPassword = body.smtp?.password ?? body.password;
    const imapPassword = body.imap?.password ?? body.password;
    const change: MailboxChange = {
      ...(body.address === undefined ? {} : { address: body.address }),
      ...(body.folders === undefined ? {} : { folders: body.folders }),
      ...(body.sdiAddress === undefined ? {} : { sdiAddress: body.sdiAddress }),
      ...(body.quotaPerHour === undefined ? {} : { quotaPerHour: body.quotaPerHour }),
      ...(body.quotaPerDay === undefined ? {} : { quotaPerDay: body.quotaPerDay }),
      resendUnansweredAfterS: body.resendUnansweredAfterS,
      enabled: body.enabled,
      isDefault: body.isDefault,
      smtp: merge('smtp'),
      imap: merge('imap'),
      passwords: { ...(smtpPassword === undefined ? {} : { smtp: smtpPassword }), ...(imapPassword === undefined ? {} : { imap: imapPassword }) },
    };
    const after = await this.#unique(() => this.mailboxes.change(id, change));
    if (!after) throw this.#notFound();
    return this.#view(after);
  }

  /** Logs in on both sides and says in words what is wrong. A side that refused logins had stopped, and that lets a person in, begins again. */
  @Post(':id/test')
  @HttpCode(200)
  @Scopes('companies:write')
  async test(@CallerParam() caller: Caller, @Param('id', ParseUUIDPipe) id: string): Promise<ProbeResult> {
    const mailbox = await this.#require(caller, id);
    const result = await probeMailbox(mailbox, await this.mailboxes.passwords(id));
    const health = await this.mailboxes.channels(id);
    if (result.smtp.ok && health.send.state === 'stopped') await this.mailboxes.reportHealth(id, 'send', { state: 'unknown' });
    if (result.imap.ok && health.read.state === 'stopped') await this.mailboxes.reportHealth(id, 'read', { state: 'unknown' });
    return result;
  }

  async #view(mailbox: Mailbox): Promise<object> {
    const { tlsCa: _, ...visible } = mailbox;
    const [health, sdiAddressHistory, sent] = await Promise.all([this.mailboxes.channels(mailbox.id), this.mailboxes.sdiAddresses(mailbox.id), this.usage.sent(mailbox.id)]);
    return { ...visible, sdiAddressHistory, sentLastHour: sent.lastHour, sentLastDay: sent.lastDay, health };
  }

  async #require(caller: Caller, id: string): Promise<Mailbox> {
    const mailbox = await this.mailboxes.get(id);
    if (!mailbox || !mayRead(caller, mailbox.companyId)) throw this.#notFound();
    return mailbox;
  }

  #notFound(): Problem {
    return new Problem(MAILBOX_NOT_FOUND, { it: 'Nessuna casella con questo id.', en: 'There is no mailbox with this id.' });
  }

  #missing(path: string): never {
    throw new Problem(
      INCOMPLETE,
      { it: `Manca ${path}: il gestore scelto non ha un valore noto.`, en: `${path} is missing: the chosen provider has no known value for it.` },
      { findings: [{ code: 'required', severity: 'error', path, message: { it: 'Campo obbligatorio', en: 'Required' } }] },
    );
  }

  async #unique<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if ((error as { constraint?: unknown }).constraint !== 'mailboxes_address') throw error;
      throw new Problem(MAILBOX_EXISTS, { it: 'Questa casella è già collegata.', en: 'This mailbox is attached already.' });
    }
  }
}
