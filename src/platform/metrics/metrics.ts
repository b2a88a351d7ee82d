import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

export interface MetricText {
  /** Prometheus style with the unit in it, for example `corriere_sends_total` or `corriere_smtp_seconds`. */
  readonly name: string;
  readonly help: string;
}

/** The values of a metric's labels: few and known beforehand (states, kinds, routes), never ids, names or addresses. */
export type LabelValues<Label extends string> = Readonly<Record<Label, string>>;

/**
 * Prometheus metrics of this process (text form at `/metrics`). Asking twice for the same name gives the same metric.
 *
 * @example
 * const sends = metrics.counter({ name: 'corriere_sends_total', help: 'Hand-overs to SMTP by outcome' }, 'outcome');
 * sends.inc({ outcome: 'accepted' });
 */
export class Metrics {
  readonly #registry = new Registry();

  constructor() {
    collectDefaultMetrics({ register: this.#registry });
  }

  counter<Label extends string = never>(text: MetricText, ...labels: Label[]): Counter<Label> {
    return (this.#known(text.name) as Counter<Label> | undefined) ?? new Counter({ ...text, labelNames: labels, registers: [this.#registry] });
  }

  gauge<Label extends string = never>(text: MetricText, ...labels: Label[]): Gauge<Label> {
    return (this.#known(text.name) as Gauge<Label> | undefined) ?? new Gauge({ ...text, labelNames: labels, registers: [this.#registry] });
  }

  /** A gauge that is read at each scrape. When `read` fails the value is left out of that scrape. */
  observe(text: MetricText, read: () => number | Promise<number>): void {
    if (this.#known(text.name) !== undefined) return;
    const gauge: Gauge = new Gauge({
      ...text,
      registers: [this.#registry],
      collect: async () => {
        try {
          gauge.set(await read());
        } catch {
          gauge.remove();
        }
      },
    });
  }

  /** The same with a label: one value for each of its values that `read` names. */
  observeEach<Label extends string>(text: MetricText, label: Label, read: () => Promise<Readonly<Partial<Record<string, number>>>>): void {
    if (this.#known(text.name) !== undefined) return;
    const gauge: Gauge<Label> = new Gauge({
      ...text,
      labelNames: [label],
      registers: [this.#registry],
      collect: async () => {
        const values = await read().catch(() => ({}));
        gauge.reset();
        for (const [value, number] of Object.entries(values)) if (number !== undefined) gauge.set({ [label]: value } as Record<Label, string>, number);
      },
    });
  }

  /** @param buckets upper bounds in the metric's unit, ascending */
  histogram<Label extends string = never>(text: MetricText, buckets: readonly number[], ...labels: Label[]): Histogram<Label> {
    return (this.#known(text.name) as Histogram<Label> | undefined) ?? new Histogram({ ...text, labelNames: labels, buckets: [...buckets], registers: [this.#registry] });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** The text form of all metrics. */
  render(): Promise<string> {
    return this.#registry.metrics();
  }

  #known(name: string): unknown {
    return this.#registry.getSingleMetric(name);
  }
}

/** Upper bounds in seconds for things that take from a millisecond to some seconds. */
export const SECONDS: readonly number[] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
