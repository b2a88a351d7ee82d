import type { Text } from '../../platform/index.js';

/** A row of `webhook_endpoints`. */
export interface EndpointRow {
  readonly id: string;
  readonly company_id: string | null;
  readonly url: string;
  readonly description: string | null;
  readonly event_types: string[];
  readonly enabled: boolean;
  readonly disabled_reason: DisabledReason | null;
  readonly waiting: number;
  readonly paused_until: Date | null;
  readonly last_success_at: Date | null;
  readonly last_failure_at: Date | null;
  readonly failing_since: Date | null;
  readonly created_at: Date;
  readonly updated_at: Date;
}

export const ENDPOINT_COLUMNS =
  'id, company_id, url, description, event_types, enabled, disabled_reason, waiting, paused_until, last_success_at, last_failure_at, failing_since, created_at, updated_at';

export type DisabledReason = keyof typeof DISABLED_REASONS;

const DISABLED_REASONS = {
  person: {
    it: 'Disattivato da una persona. Gli eventi si accumulano e partono alla riattivazione.',
    en: 'Switched off by a person. Events pile up and leave when it is switched on again.',
  },
  gone: {
    it: 'Disattivato perché il destinatario ha risposto 410. Gli eventi si accumulano e partono alla riattivazione.',
    en: 'Switched off because the receiver answered 410. Events pile up and leave when it is switched on again.',
  },
} as const satisfies Record<string, Text>;

/** An endpoint as the API shows it. */
export function endpointView(row: EndpointRow): object {
  return {
    id: row.id,
    companyId: row.company_id,
    url: row.url,
    description: row.description,
    eventTypes: row.event_types,
    enabled: row.enabled,
    disabledReason: row.disabled_reason,
    disabledReasonText: row.disabled_reason ? DISABLED_REASONS[row.disabled_reason] : null,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    health: {
      lastSuccessAt: row.last_success_at,
      lastFailureAt: row.last_failure_at,
      failingSince: row.failing_since,
      pausedUntil: row.paused_until,
      waiting: row.waiting,
    },
  };
}
