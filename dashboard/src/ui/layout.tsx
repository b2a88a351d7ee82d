import type { ReactNode } from 'react';
import { useDocumentTitle } from '../app/document-title.js';
import { Icon, type IconName } from './icon.js';

/** The head of a page: its name (also the tab's), what belongs beside it, what can be done. */
export function PageHead({ title, tab, lead, actions, above }: { title: ReactNode; tab: string; lead?: ReactNode; actions?: ReactNode; above?: ReactNode }) {
  useDocumentTitle(tab);
  return (
    <header className="page-head">
      {above}
      <div className="page-head-row">
        <div className="page-head-words">
          <h1>{title}</h1>
          {lead && <p className="lead">{lead}</p>}
        </div>
        {actions && <div className="actions">{actions}</div>}
      </div>
    </header>
  );
}

export function Card({ title, aside, children, flush, className }: { title?: ReactNode; aside?: ReactNode; children: ReactNode; flush?: boolean; className?: string }) {
  return (
    <section className={['card', flush ? 'card-flush' : '', className ?? ''].filter(Boolean).join(' ')}>
      {title && (
        <header className="card-head">
          <h2>{title}</h2>
          {aside}
        </header>
      )}
      <div className="card-body">{children}</div>
    </section>
  );
}

export function EmptyState({ icon, title, children }: { icon: IconName; title: string; children: ReactNode }) {
  return (
    <div className="empty">
      <span className="empty-sign">
        <Icon name={icon} />
      </span>
      <h2>{title}</h2>
      {children}
    </div>
  );
}

/** A grey stand-in of about the size of what is on its way. */
export function Skeleton({ lines = 3, className }: { lines?: number; className?: string }) {
  return (
    <div className={className ? `skeleton ${className}` : 'skeleton'} aria-hidden="true">
      {Array.from({ length: lines }, (_, index) => (
        <span key={index} className={`skeleton-line skeleton-line-${index % 4}`} />
      ))}
    </div>
  );
}

/** How much of a limit is used: a bar, and the words that it stands for. */
export function Meter({ label, used, limit, words }: { label: string; used: number; limit: number; words: string }) {
  const share = limit > 0 ? Math.min(1, used / limit) : 0;
  return (
    <div className="meter">
      <div className="meter-words">
        <span>{label}</span>
        <span className="tabular">{words}</span>
      </div>
      <div className="meter-track" role="meter" aria-label={label} aria-valuemin={0} aria-valuemax={limit} aria-valuenow={Math.min(used, limit)} aria-valuetext={words}>
        <div className="meter-fill" data-level={share >= 1 ? 'full' : share >= 0.8 ? 'high' : 'fine'} style={{ inlineSize: `${share * 100}%` }} />
      </div>
    </div>
  );
}
