import { parseArgs } from 'node:util';
import type { Difference } from '../../evidence/replay/difference.js';
import { EvidenceStore } from '../../evidence/evidence-store.js';
import { isId } from '../../platform/ids.js';
import { AesSecretBox } from '../../platform/secrets/aes-secret-box.js';
import type { ReplayCounts } from '../../replay/replay.js';
import { replayOver } from '../../replay/wiring.js';
import { type Command, type CommandContext, type Language, languageOf, UsageError } from '../command.js';
import { openDatabase } from '../database.js';
import { HELP } from './help.js';

const SAME = 0;
const DIFFERS = 1;

const OPTIONS = { company: { type: 'string' }, since: { type: 'string' }, json: { type: 'boolean' }, lang: { type: 'string' } } as const;

const WORDS: Readonly<Record<Language, { readonly invoice: string; readonly message: string; readonly object: string; readonly company: string; readonly stored: string; readonly computed: string }>> = {
  it: { invoice: 'fattura', message: 'messaggio', object: 'oggetto', company: 'azienda', stored: 'conservato', computed: 'risulta' },
  en: { invoice: 'invoice', message: 'message', object: 'object', company: 'company', stored: 'stored', computed: 'follows' },
};

function differenceText({ kind, place, stored, computed, invoiceId, messageId, sha256, companyId }: Difference, language: Language): string {
  const words = WORDS[language];
  const subject = [invoiceId && `${words.invoice} ${invoiceId}`, messageId && `${words.message} ${messageId}`].filter(Boolean).join(', ') || (sha256 ? `${words.object} ${sha256}` : `${words.company} ${companyId ?? ''}`);
  const values = [stored === null ? '' : `${words.stored} ${stored}`, `${words.computed} ${computed ?? '–'}`].filter((text) => text !== '');
  return `${kind}  ${subject}: ${place}: ${values.join('; ')}`;
}

function summaryText({ invoices, messages, objects, differences }: ReplayCounts, language: Language): string {
  return {
    it: `${invoices} fatture, ${messages} messaggi, ${objects} oggetti: ${differences === 0 ? 'nessuna differenza' : differences === 1 ? '1 differenza' : `${differences} differenze`}`,
    en: `${invoices} invoices, ${messages} messages, ${objects} objects: ${differences === 0 ? 'no difference' : differences === 1 ? '1 difference' : `${differences} differences`}`,
  }[language];
}

async function run(args: readonly string[], context: CommandContext): Promise<number> {
  const { values } = parseArgs({ args: [...args], strict: true, options: OPTIONS });
  const language = languageOf(context.env, values.lang);
  const since = values.since === undefined ? undefined : new Date(values.since);
  if (since && Number.isNaN(since.getTime())) throw new UsageError({ it: `--since accetta un istante ISO 8601, non "${values.since}"`, en: `--since takes an instant in ISO 8601, not "${values.since}"` });
  if (values.company !== undefined && !isId(values.company)) throw new UsageError({ it: `--company accetta l'id di un'azienda, non "${values.company}"`, en: `--company takes the id of a company, not "${values.company}"` });
  const { database, settings, close } = await openDatabase(context, { readOnly: true });
  try {
    const ready = replayOver(database, new EvidenceStore(database), new AesSecretBox(settings.masterKey));
    try {
      for await (const difference of ready.replay.differences({ companyId: values.company, since })) context.out(values.json ? JSON.stringify(difference) : differenceText(difference, language));
      const { counts } = ready.replay;
      context.out(values.json ? JSON.stringify({ summary: counts }) : summaryText(counts, language));
      return counts.differences === 0 ? SAME : DIFFERS;
    } finally {
      await ready.close();
    }
  } finally {
    await close();
  }
}

export const command: Command = { help: HELP, run };
