import type { MessageDetail } from '../../api/types.js';
import { formatBytes } from '../../format/money.js';
import { useI18n } from '../../i18n/i18n.js';
import { Icon } from '../../ui/icon.js';
import { Digest } from '../invoice/evidence-line.js';

/** The parts of the message, each to be saved as it is. They come from strangers: nothing is shown here. */
export function Attachments({ message }: { message: MessageDetail }) {
  const { t, language } = useI18n();
  if (message.attachments.length === 0) return null;
  return (
    <section>
      <h3>{t('message.attachments')}</h3>
      <p className="faint">{t('message.attachments.body')}</p>
      <ul className="attachments">
        {message.attachments.map(({ n, name, size, sha256, url }) => (
          <li key={n} className="evidence">
            <a className="evidence-link break" href={url} download={name || `${message.id}-${n}.bin`}>
              <Icon name="download" />
              {name || t('message.attachments.unnamed', { n })}
              <span className="faint nowrap">{formatBytes(language, size)}</span>
            </a>
            <Digest sha256={sha256} />
          </li>
        ))}
      </ul>
      {!message.attachmentsComplete && <p className="notice">{t('message.attachments.cut')}</p>}
    </section>
  );
}
