import type { Status, StatusCounts } from '../../api/types.js';
import { GROUP_TONES, GROUPS, statusesOf, toneOf, type Group } from '../../app/status.js';
import { useI18n } from '../../i18n/i18n.js';
import { LOCALES } from '../../i18n/locales.js';
import { Icon, type IconName } from '../../ui/icon.js';

const GROUP_ICONS: Readonly<Record<Group, IconName>> = { act: 'alert', tell: 'speech', way: 'half', done: 'check' };

/** Counts by what they ask of people, then by state; each is a switch of the list's filter. */
export function Overview({ counts, statuses, onChoose }: { counts: StatusCounts | undefined; statuses: readonly Status[]; onChoose: (statuses: readonly Status[]) => void }) {
  const { t, language } = useI18n();
  const of = (status: Status) => counts?.counts[status] ?? 0;
  const write = (n: number) => n.toLocaleString(LOCALES[language], { useGrouping: 'always' });
  const visible = GROUPS.flatMap(statusesOf).filter((status) => of(status) > 0 || statuses.includes(status));

  return (
    <div className="overview">
      <div className="groups" role="group" aria-label={t('invoices.groups')}>
        {GROUPS.map((group) => {
          const members = statusesOf(group);
          const inStates = members.reduce((sum, status) => sum + of(status), 0);
          // What waits for a person is not told by the state alone: a refused document in a lot waits too.
          const n = group === 'act' ? (counts?.attention ?? inStates) : inStates;
          const pressed = members.length === statuses.length && members.every((status) => statuses.includes(status));
          return (
            <button key={group} type="button" className="group" data-tone={GROUP_TONES[group]} data-zero={n === 0 || undefined} aria-pressed={pressed} onClick={() => onChoose(pressed ? [] : members)}>
              <span className="group-name">
                <Icon name={GROUP_ICONS[group]} />
                {t(`group.${group}`)}
              </span>
              <span className="group-count">{counts ? write(n) : '–'}</span>
              <span className="group-hint">{t(`group.${group}.hint`)}</span>
            </button>
          );
        })}
      </div>
      {visible.length > 0 && (
        <div className="chips" role="group" aria-label={t('invoices.states')}>
          {visible.map((status) => {
            const pressed = statuses.includes(status);
            return (
              <button key={status} type="button" className="chip" data-tone={toneOf(status)} aria-pressed={pressed} onClick={() => onChoose(pressed ? statuses.filter((other) => other !== status) : [...statuses, status])}>
                <span className="chip-dot" aria-hidden="true" />
                {t(`status.${status}`)} <span className="chip-count">{write(of(status))}</span>
              </button>
            );
          })}
        </div>
      )}
    </div>
  );
}
