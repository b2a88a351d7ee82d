import { Body, Controller, Get, HttpCode, Inject, Param, ParseUUIDPipe, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { ApiZodBody } from '../../platform/http/api-zod-body.js';
import { SETTINGS, type Settings } from '../../platform/config/settings.js';
import { Problem } from '../../platform/http/problem.js';
import { zodBody } from '../../platform/http/zod-body.js';
import { resolvePublic } from '../../platform/net/resolve.js';
import { CallerParam, Scopes } from '../auth/decorators.js';
import type { Caller } from '../auth/scopes.js';
import { allowCompany, mayRead } from '../auth/tenancy.js';
import { Companies } from '../company/companies.js';
import { MAILBOX_EXISTS, MAILBOX_NOT_FOUND } from '../company/problems.js';
import { changeOf, refusePrivate } from './change-of.js';
import type { Mailbox } from './mailbox.js';
import { ChangeMailbox, NewMailbox, SdiAddressDecisionBody } from './mailbox-body.js';
import { PROVIDER_PRESETS } from './presets.js';
import { type ProbeResult, probeMailbox } from './probe.js';
import { missing, notRead } from './problems.js';
import { MailboxReading } from './reading.js';
import { remarksOf } from './remarks.js';
import { StoredMailboxes } from './stored-mailboxes.js';
import { MailboxUsage } from './usage.js';

const DEFAULT_QUOTA = { quotaPerHour: 300, quotaPerDay: 7_200 };

function raise(problem: Problem): never {
  throw problem;
}

@ApiTags('mailboxes')
@Controller('v1/mailboxes')
export class MailboxesController {
  constructor(
    private readonly mailboxes: StoredMailboxes,
    private readonly companies: Companies,
    private readonly usage: MailboxUsage,
    private readonly reading: MailboxReading,
    @Inject(SETTINGS) private readonly settings: Settings,
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
        host: chosen.host ?? known?.host ?? raise(missing(`/${name}/host`)),
        port: chosen.port ?? known?.port ?? port,
        security: chosen.security ?? known?.security ?? 'tls',
        user: chosen.user ?? body.address,
        password: chosen.password ?? body.password ?? raise(missing('/password')),
      };
    };
    const { password: smtpPassword, ...smtp } = endpoint('smtp', 465);
    const { password: imapPassword, ...imap } = endpoint('imap', 993);
    refusePrivate(['smtp', 'imap'], { smtp, imap }, this.settings.webhooksPrivate);
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
        providerSigners: body.providerSigners,
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
  async change(@CallerParam() caller: Caller, @Param('id', ParseUUIDPipe) id: string, @Body(zodBody(ChangeMailbox)) body: ChangeMailbox): Promise<object> {
    const before = await this.#require(caller, id);
    const change = changeOf(before, body, this.settings.webhooksPrivate);
    const after = await this.#unique(() => this.mailboxes.change(id, change, caller.name));
    if (!after) throw this.#notFound();
    return this.#view(after);
  }

  /** Logs in on both sides and says in words what is wrong. A side that refused logins had stopped, and that lets a person in, begins again. */
  @Post(':id/test')
  @HttpCode(200)
  @Scopes('companies:write')
  async test(@CallerParam() caller: Caller, @Param('id', ParseUUIDPipe) id: string): Promise<ProbeResult> {
    const mailbox = await this.#require(caller, id);
    const result = await probeMailbox(mailbox, await this.mailboxes.passwords(id), mailbox.trust === 'sandbox' || this.settings.webhooksPrivate ? undefined : resolvePublic);
    const health = await this.mailboxes.channels(id);
    if (result.smtp.ok && health.send.state === 'stopped') await this.mailboxes.reportHealth(id, 'send', { state: 'unknown' });
    if (result.imap.ok && health.read.state === 'stopped') await this.mailboxes.reportHealth(id, 'read', { state: 'unknown' });
    return result;
  }

  /** Compares every folder with the ledger as a whole, soon: `folders` of the mailbox says what came of it. It compares by itself every six hours. */
  @Post(':id/reconcile')
  @HttpCode(202)
  @Scopes('companies:write')
  async reconcile(@CallerParam() caller: Caller, @Param('id', ParseUUIDPipe) id: string): Promise<object> {
    const mailbox = await this.#require(caller, id);
    if (!mailbox.enabled) throw notRead();
    await this.reading.compare(id);
    return this.#view(mailbox);
  }

  /** Decides for an address of SdI: another one, or the one in force against what was seen. */
  @Post(':id/sdi-address')
  @HttpCode(200)
  @Scopes('companies:write')
  @ApiZodBody(SdiAddressDecisionBody)
  async decideSdiAddress(@CallerParam() caller: Caller, @Param('id', ParseUUIDPipe) id: string, @Body(zodBody(SdiAddressDecisionBody)) { address, note }: z.infer<typeof SdiAddressDecisionBody>): Promise<object> {
    await this.#require(caller, id);
    await this.mailboxes.decideSdiAddress(id, address, { by: caller.name, note });
    return this.#view(await this.#require(caller, id));
  }

  async #view(mailbox: Mailbox): Promise<object> {
    const { tlsCa: _ca, imapEpoch: _epoch, ...visible } = mailbox;
    const { id, sdiAddress, folders } = mailbox;
    const [health, sdiAddressHistory, sdiAddressSightings, read, sent] = await Promise.all([
      this.mailboxes.channels(id),
      this.mailboxes.sdiAddresses(id),
      this.mailboxes.sdiSightings(id),
      this.reading.folders(id),
      this.usage.sent(id),
    ]);
    // What a folder that is no longer read had is history.
    const reading = read.filter(({ folder }) => folders.includes(folder));
    const remarks = remarksOf(sdiAddress, reading, sdiAddressSightings);
    return { ...visible, sdiAddressHistory, sdiAddressSightings, reading, remarks, sentLastHour: sent.lastHour, sentLastDay: sent.lastDay, health };
  }

  async #require(caller: Caller, id: string): Promise<Mailbox> {
    const mailbox = await this.mailboxes.get(id);
    if (!mailbox || !mayRead(caller, mailbox.companyId)) throw this.#notFound();
    return mailbox;
  }

  #notFound(): Problem {
    return new Problem(MAILBOX_NOT_FOUND, { it: 'Nessuna casella con questo id.', en: 'There is no mailbox with this id.' });
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
