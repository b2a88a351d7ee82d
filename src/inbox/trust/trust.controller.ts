import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CallerParam, Scopes } from '../../companies/auth/decorators.js';
import type { Caller } from '../../companies/auth/scopes.js';
import { allowCompany } from '../../companies/auth/tenancy.js';
import { certificateUnknown } from '../../companies/trust/problems.js';
import { oneCertificate, TrustDecisions } from '../../companies/trust/trust-decisions.js';
import { TRUST_SCOPES, TRUST_SOURCES, TRUST_STATES, TRUST_USES, type TrustEntry } from '../../companies/trust/trust-entry.js';
import { TrustInForceStore } from '../../companies/trust/trust-in-force.js';
import { TrustList } from '../../companies/trust/trust-list.js';
import { ApiZodBody } from '../../platform/http/api-zod-body.js';
import { Clock, page, pageQuery, type RuleParams, zodBody, zodQuery } from '../../platform/index.js';
import { MessageQueries } from '../messages/message-queries.js';
import { ExpiryWatch } from './expiry-watch.js';
import { MessageSignerReader } from './message-signer.js';
import { signerUncertain } from './problems.js';
import { Rejudging } from './rejudging.js';
import { SignerFold } from './signer-fold.js';
import { SignerRegister } from './signer-register.js';
import { standingOf } from './standing.js';
import { entryView, logView, signerView } from './trust-view.js';

const EntriesQuery = z.object({
  use: z.enum(TRUST_USES).optional(),
  scope: z.enum(TRUST_SCOPES).optional(),
  state: z.enum(TRUST_STATES).optional(),
  source: z
    .string()
    .transform((text) => text.split(',').filter((part) => part !== ''))
    .pipe(z.array(z.enum(TRUST_SOURCES)))
    .optional(),
  ...pageQuery,
});
const SignersQuery = z.object({ use: z.enum(TRUST_USES).optional(), ...pageQuery });
const LogQuery = z.object({ ...pageQuery });

const ONE_OF_TWO = {
  code: 'certificate-or-message',
  message: { it: 'Indicare il certificato (certificate, in PEM) o il messaggio che ne è firmato (messageId), non entrambi.', en: 'Give the certificate (certificate, in PEM) or the message that it signed (messageId), not both.' },
} satisfies RuleParams;

const use = z.enum(TRUST_USES).describe('pec: providers’ signatures on PEC messages; sdi: SdI’s own on its notifications');
const note = z.string().trim().min(1).max(500).describe('Why, and how the fingerprint was compared; kept in the log');
const pem = z.string().max(200_000).describe('One certificate in PEM');
const TrustBody = z
  .object({ certificate: pem.optional(), messageId: z.uuid().optional(), use, note })
  .refine((body) => (body.certificate === undefined) !== (body.messageId === undefined), { params: ONE_OF_TWO, path: ['certificate'] });
const RevokeBody = z.object({ use, note, certificate: pem.optional().describe('Where neither the store nor any message knows it') });

const FINGERPRINT = /^[0-9a-f]{64}$/;
/** As browsers and OpenSSL show it: with colons, in either case. */
const fingerprintOf = (text: string): string => text.replaceAll(':', '').toLowerCase();

/** Whose signatures are believed: the store of certificates, the signers seen, and a person's decisions. */
@ApiTags('trust')
@Controller('v1/trust')
export class TrustController {
  constructor(
    private readonly list: TrustList,
    private readonly decisions: TrustDecisions,
    private readonly register: SignerRegister,
    private readonly fold: SignerFold,
    private readonly watch: ExpiryWatch,
    private readonly messages: MessageQueries,
    private readonly reader: MessageSignerReader,
    private readonly rejudging: Rejudging,
    private readonly inForce: TrustInForceStore,
    private readonly clock: Clock,
  ) {}

  @Get('certificates')
  @Scopes('messages:read')
  async entries(@CallerParam() caller: Caller, @Query(zodQuery(EntriesQuery)) query: z.infer<typeof EntriesQuery>): Promise<object> {
    const rows = await this.list.entries(query);
    const counts = await this.register.counts(rows);
    return page(rows, query.limit, (row) => entryView(row, counts.get(`${row.use} ${row.fingerprint}`), caller, this.clock.now()), (row) => [row.at, row.scope, row.use, row.fingerprint]);
  }

  /** Trusts a certificate: given, or the one that signed a message. All messages that wait because of trust are then judged again. */
  @Post('certificates')
  @Scopes('trust:write')
  @ApiZodBody(TrustBody)
  async trust(@CallerParam() caller: Caller, @Body(zodBody(TrustBody)) body: z.infer<typeof TrustBody>): Promise<object> {
    allowCompany(caller, undefined);
    const { certificate, messageId } = body;
    const decision = { use: body.use, note: body.note, by: caller };
    if (certificate !== undefined) return this.#decided(await this.decisions.trust({ ...decision, certificate: oneCertificate(certificate) }), caller);
    const message = await this.messages.require(caller, messageId ?? '');
    const signers = await this.reader.read({ mailboxId: message.mailbox_id, sha256: message.sha256 });
    const found = signers?.[body.use];
    if (!found) throw signerUncertain(body.use);
    return this.#decided(await this.decisions.trust({ ...decision, certificate: found.certificate, scope: signers.mailbox.trust, messageId: message.id }), caller);
  }

  /** Trusts a certificate no more, as a signer and as a link, whoever vouches for it. What messages have done already is not undone; `appliedMessages` says how many rest on it. */
  @Post('certificates/:fingerprint/revoke')
  @HttpCode(200)
  @Scopes('trust:write')
  @ApiZodBody(RevokeBody)
  async revoke(@CallerParam() caller: Caller, @Param('fingerprint') given: string, @Body(zodBody(RevokeBody)) body: z.infer<typeof RevokeBody>): Promise<object> {
    allowCompany(caller, undefined);
    const fingerprint = fingerprintOf(given);
    if (!FINGERPRINT.test(fingerprint)) throw certificateUnknown();
    const seen = await this.register.certificate(fingerprint, body.use);
    const entry = await this.decisions.revoke({
      fingerprint,
      use: body.use,
      note: body.note,
      by: caller,
      certificate: body.certificate === undefined ? seen?.certificate : oneCertificate(body.certificate),
      scope: seen?.scope,
    });
    return this.#decided(entry, caller, true);
  }

  /** The certificates that signed messages, last to appear first. The first page also says what is about to end or has changed. */
  @Get('signers')
  @Scopes('messages:read')
  async signers(@CallerParam() caller: Caller, @Query(zodQuery(SignersQuery)) query: z.infer<typeof SignersQuery>): Promise<object> {
    const rows = await this.register.list(query);
    const entries = await this.list.byFingerprints([...new Set(rows.flatMap((row) => [row.fingerprint, ...row.path]))]);
    const shown = page(rows, query.limit, (row) => signerView(row, standingOf(row, entries), caller, this.clock.now()), (row) => [row.at, row.scope, row.use, row.fingerprint]);
    return query.cursor === undefined ? { ...shown, warnings: await this.watch.warnings() } : shown;
  }

  /** Every decision, newest first. */
  @Get('log')
  @Scopes('messages:read')
  async log(@CallerParam() caller: Caller, @Query(zodQuery(LogQuery)) query: z.infer<typeof LogQuery>): Promise<object> {
    return page(await this.list.log(query), query.limit, (line) => logView(line, caller), (line) => [line.id]);
  }

  async #decided(entry: TrustEntry, caller: Caller, revoked = false): Promise<object> {
    await this.inForce.refresh();
    await this.rejudging.hint();
    // So that the counts hold what was judged up to now.
    await this.fold.run();
    const counts = (await this.register.counts([entry])).get(`${entry.use} ${entry.fingerprint}`);
    return { ...entryView(entry, counts, caller, this.clock.now()), ...(revoked ? { appliedMessages: counts?.applied ?? 0 } : {}) };
  }
}
