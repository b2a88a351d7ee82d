import type { Flow, LifecycleState, Status } from '../../sdi/index.js';

export interface FeedSubject {
  readonly invoiceId: string;
  readonly companyId: string;
  readonly fileName: string;
  readonly number: string;
  readonly flow: Flow;
  readonly sequence: number;
  /** Hash of the timeline's entry that made the change: whoever keeps it holds a witness of the timeline up to there that is not ours. */
  readonly timelineHash: string;
}

/** What the feed and the webhooks tell of a change: ids, states and where to read more, never the document. */
export function feedData(subject: FeedSubject, previousStatus: Status | null, state: LifecycleState): Record<string, unknown> {
  return {
    ...subject,
    status: state.status,
    previousStatus,
    identificativoSdi: state.identificativoSdi ?? null,
    documents: state.documents.map(({ position, status }) => ({ position, status })),
    url: `/v1/invoices/${subject.invoiceId}`,
  };
}
