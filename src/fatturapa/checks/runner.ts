import type { Element, InvoiceDocument } from '../document/model.js';
import { child, xpathOf } from '../document/model.js';
import { MAX_FINDINGS, MAX_SHOWN_VALUE } from '../limits.js';
import type { FatturapaFinding, FormatoTrasmissione, Severity } from '../types.js';
import { romeDay } from './days.js';
import { withRunMemory } from './run-memo.js';
import { type Template, fill, template } from './texts.js';
import type { Check, CheckContext, Lazily, Report } from './types.js';

/** A check made ready: its texts cut at their gaps. */
interface Rule {
  readonly check: Check;
  readonly certain: { readonly severity: Severity; readonly reason: Template; readonly mend: Template };
  readonly doubtful: { readonly severity: Severity; readonly reason: Template; readonly mend: Template };
}

function rule(check: Check): Rule {
  const certain = { severity: check.severity, reason: template(check.reason), mend: template(check.mend) };
  return { check, certain, doubtful: check.doubt ? { severity: 'warning', reason: template(check.doubt.reason), mend: template(check.doubt.mend) } : { ...certain, severity: 'warning' } };
}

const inForce = (check: Check, formato: FormatoTrasmissione, day: string): boolean =>
  check.formati.includes(formato) && (check.since === undefined || check.since <= day) && (check.until === undefined || day <= check.until);

/** The rules of one table, and for each format those of the day last asked for. */
class Rules {
  readonly #rules: readonly Rule[];
  readonly #chosen = new Map<FormatoTrasmissione, { readonly day: string; readonly rules: readonly Rule[] }>();

  constructor(checks: readonly Check[]) {
    this.#rules = checks.map(rule);
  }

  of(formato: FormatoTrasmissione, day: string): readonly Rule[] {
    const known = this.#chosen.get(formato);
    if (known?.day === day) return known.rules;
    const rules = this.#rules.filter(({ check }) => inForce(check, formato, day));
    this.#chosen.set(formato, { day, rules });
    return rules;
  }
}

interface Placed {
  readonly finding: FatturapaFinding;
  readonly offset: number;
}

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, hint: 2 };

/** Takes the reports of one run and makes findings of them, at most `MAX_FINDINGS` of each rule. */
class Collector {
  readonly placed: Placed[] = [];
  rule: Rule | undefined;
  /** Of the rule at work. */
  #certain = 0;
  #doubtful = 0;

  constructor(private readonly document: InvoiceDocument) {}

  take(what: Report): void {
    if (!this.rule) return;
    const count = what.doubtful ? ++this.#doubtful : ++this.#certain;
    if (count <= MAX_FINDINGS) this.#add(this.rule, what);
  }

  start(next: Rule): void {
    this.rule = next;
    this.#certain = 0;
    this.#doubtful = 0;
  }

  finish({ check, certain, doubtful }: Rule): void {
    if (this.#certain > MAX_FINDINGS) this.#addRest(check.code, certain.severity, this.#certain - MAX_FINDINGS);
    if (this.#doubtful > MAX_FINDINGS) this.#addRest(check.code, doubtful.severity, this.#doubtful - MAX_FINDINGS);
    this.rule = undefined;
  }

  /** A fault of ours: it is said, for a check that was not made must not pass for one that found nothing. */
  failed({ check }: Rule): void {
    this.placed.push({
      offset: 0,
      finding: {
        code: 'check-failed',
        severity: 'warning',
        value: check.code,
        message: { it: `Il controllo ${check.code} non è stato eseguito per un errore di questo programma.`, en: `The check ${check.code} was not made, through a fault of this program.` },
        fix: { it: 'Verificare a mano quanto chiede il controllo, e segnalare l’errore.', en: 'Verify by hand what the check asks for, and report the fault.' },
      },
    });
  }

  #add({ check, certain, doubtful }: Rule, what: Report): void {
    const texts = what.doubtful ? doubtful : certain;
    const place = what.at && this.document.place(what.at.offset);
    const value = what.value ?? (what.missing === undefined && what.at?.value !== '' ? what.at?.value : undefined);
    const gaps = { found: value === undefined ? '' : shown(value), ...made(what.texts) };
    const patch = made(what.patch);
    this.placed.push({
      offset: what.at?.offset ?? 0,
      finding: {
        code: check.code,
        severity: texts.severity,
        ...(what.at && { path: what.missing === undefined ? xpathOf(what.at) : `${xpathOf(what.at)}/${what.missing}` }),
        ...place,
        ...(value !== undefined && { value: shown(value) }),
        message: fill(texts.reason, gaps),
        fix: fill(texts.mend, gaps),
        ...(patch && { patch }),
      },
    });
  }

  #addRest(code: string, severity: Severity, more: number): void {
    this.placed.push({
      offset: Number.MAX_SAFE_INTEGER,
      finding: {
        code,
        severity,
        message: { it: `Altre ${more} segnalazioni ${code} nello stesso file non sono elencate.`, en: `Another ${more} findings ${code} of the same file are not listed.` },
        fix: { it: 'Correggere quelle elencate e ripetere il controllo.', en: 'Mend those listed and check again.' },
      },
    });
  }
}

const made = <Value>(value: Lazily<Value>): Value => (typeof value === 'function' ? (value as () => Value)() : value);

function shown(value: string): string {
  return value.length <= MAX_SHOWN_VALUE ? value : [...value.slice(0, 2 * MAX_SHOWN_VALUE)].slice(0, MAX_SHOWN_VALUE).join('');
}

const tipoDocumentoOf = (body: Element): string => child(child(child(body, 'DatiGenerali'), 'DatiGeneraliDocumento'), 'TipoDocumento')?.value ?? '';

/** Makes a function that runs one table of checks: `runChecks` is that of the whole table. */
export function checksRunner(checks: readonly Check[]): (document: InvoiceDocument, context: CheckContext) => FatturapaFinding[] {
  const rules = new Rules(checks);
  const run = (document: InvoiceDocument, context: CheckContext): FatturapaFinding[] => {
    const collector = new Collector(document);
    const report = (what: Report): void => collector.take(what);
    let present: readonly string[] | undefined;
    for (const rule of rules.of(document.formato, romeDay(context.at))) {
      const tipi = rule.check.tipiDocumento;
      if (tipi) {
        present ??= document.bodies.map(tipoDocumentoOf);
        if (!present.some((tipo) => tipi.includes(tipo))) continue;
      }
      collector.start(rule);
      try {
        rule.check.run(document, context, report);
      } catch (error) {
        collector.failed(rule);
        context.onFault?.(rule.check.code, error);
      }
      collector.finish(rule);
    }
    const { placed } = collector;
    if (placed.length > 1) placed.sort((a, b) => RANK[a.finding.severity] - RANK[b.finding.severity] || a.offset - b.offset);
    return placed.map(({ finding }) => finding);
  };
  return (document, context) => withRunMemory(() => run(document, context));
}
