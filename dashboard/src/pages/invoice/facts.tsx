import { useI18n } from '../../i18n/i18n.js';
import { MESSAGES, type MessageKey } from '../../i18n/messages.js';
import { formatDay, formatInstant } from '../../format/time.js';

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

type FactKey = Extract<MessageKey, `fact.${string}`>;

function isFactKey(key: string): key is FactKey {
  return key in MESSAGES;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** SdI's errors, and whatever else comes as a list of things with a code. */
function isError(value: unknown): value is { codice?: unknown; descrizione?: unknown; suggerimento?: unknown } {
  return isRecord(value) && 'codice' in value;
}

/** The dictionary's order is the order of showing; what it does not name comes last. */
const ORDER = Object.keys(MESSAGES).filter((key) => key.startsWith('fact.'));

function place(name: string): number {
  const index = ORDER.indexOf(`fact.${name}`);
  return index < 0 ? ORDER.length : index;
}

/** What only machines need of a fact, or what goes without saying. */
const UNSAID: Readonly<Record<string, (value: unknown, facts: Readonly<Record<string, unknown>>) => boolean>> = {
  family: () => true,
  told: () => true,
  // The entry's title says it.
  act: () => true,
  errore: (value) => value === 'nessuno',
  codes: (_, { errori }) => Array.isArray(errori) && errori.length > 0,
  try: (value) => value === 1,
  code: (value, { response }) => typeof response === 'string' && response.startsWith(String(value)),
};

/** What a fact is called: who is behind a note wrote it down, who is behind another entry asked for it. */
const calledIn = (facts: Readonly<Record<string, unknown>>, name: string): string => (name === 'by' && 'act' in facts ? 'notedBy' : name);

/** What is worth showing of an event. Which facts there are depends on its kind, so any shape is shown as well as it can be. */
export function Facts({ facts }: { facts: Readonly<Record<string, unknown>> }) {
  const { t } = useI18n();
  const known = Object.entries(facts).filter(([name, value]) => !UNSAID[name]?.(value, facts) && value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0));
  known.sort(([a], [b]) => place(a) - place(b));
  if (known.length === 0) return null;
  return (
    <dl className="facts">
      {known.map(([name, value]) => {
        const called = calledIn(facts, name);
        const key = `fact.${called}`;
        return (
          <div key={name} className={Array.isArray(value) && value.some(isError) ? 'facts-errors' : undefined}>
            <dt>{isFactKey(key) ? t(key) : name}</dt>
            <dd>
              <Word name={name} value={value} />
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

type WordKey = Extract<MessageKey, `word.${string}`>;

function isWordKey(key: string): key is WordKey {
  return key in MESSAGES;
}

/** Values that are names of ours, said in words. */
function Word({ name, value }: { name: string; value: unknown }) {
  const { t } = useI18n();
  if (name === 'signed' && isRecord(value)) return [String(value['form']).replace('ades', 'AdES').replace(/^./, (first) => first.toUpperCase()), value['serialNumber']].filter(Boolean).join(' · ');
  const word = (one: unknown): string | undefined => {
    const key = `word.${name}.${String(one)}`;
    return isWordKey(key) ? t(key) : undefined;
  };
  if (Array.isArray(value) && value.length > 0 && value.every((one) => word(one) !== undefined)) return value.map(word).join('; ');
  return word(value) ?? <Value value={value} />;
}

function Value({ value }: { value: unknown }) {
  const { t, language } = useI18n();
  if (typeof value === 'boolean') return t(value ? 'value.yes' : 'value.no');
  if (typeof value === 'string' && INSTANT.test(value)) return formatInstant(language, value, 'exact');
  if (typeof value === 'string' && DAY.test(value)) return formatDay(language, value);
  if (Array.isArray(value)) {
    if (!value.some(isRecord)) return value.map(String).join(', ');
    return (
      <ul>
        {value.map((item: unknown, index) => (
          <li key={index}>{isError(item) ? <SdiError error={item} /> : <Value value={item} />}</li>
        ))}
      </ul>
    );
  }
  if (isRecord(value)) {
    if (typeof value['it'] === 'string' && typeof value['en'] === 'string') return value[language] as string;
    return Object.entries(value)
      .filter(([, inner]) => inner !== null && inner !== undefined)
      .map(([, inner]) => (typeof inner === 'object' ? JSON.stringify(inner) : String(inner)))
      .join(' · ');
  }
  return String(value);
}

function SdiError({ error }: { error: { codice?: unknown; descrizione?: unknown; suggerimento?: unknown } }) {
  return (
    <>
      <code>{String(error.codice)}</code> {error.descrizione ? String(error.descrizione) : ''}
      {error.suggerimento ? <span className="faint"> {String(error.suggerimento)}</span> : null}
    </>
  );
}
