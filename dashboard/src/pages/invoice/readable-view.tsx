import { useCallback, useEffect, useRef, useState } from 'react';
import { useI18n } from '../../i18n/i18n.js';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { Card } from '../../ui/layout.js';

/** A lot of a thousand documents is scrolled in its own frame. */
const TALLEST = 30_000;

/**
 * The invoice as a page that people read. It is made of a stranger's text: the frame runs no script and cannot leave itself. Of our own origin it stays, so that its height can
 * be measured and that it can be printed from here.
 *
 * @param url of the page, on our own origin
 */
export function ReadableView({ url, number }: { url: string; number: string }) {
  const { t } = useI18n();
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState<number>();
  const [unreadable, setUnreadable] = useState(false);

  const measure = useCallback(() => {
    const page = frame.current?.contentDocument?.body;
    if (page && page.childElementCount > 0) setHeight(Math.min(TALLEST, Math.ceil(page.getBoundingClientRect().height)));
  }, []);

  const loaded = () => {
    // A refusal comes as JSON, which is nothing to read.
    setUnreadable(frame.current?.contentDocument?.contentType !== 'text/html');
    measure();
  };

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    // Another width breaks the lines elsewhere.
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    return () => watch.disconnect();
  }, [measure]);

  return (
    <Card
      flush
      title={t('invoice.view')}
      aside={
        <div className="actions" hidden={unreadable}>
          <Button small icon="print" onClick={() => frame.current?.contentWindow?.print()}>
            {t('invoice.view.print')}
          </Button>
          <a className="button button-plain button-small" href={url} target="_blank" rel="noopener">
            <Icon name="forward" />
            {t('invoice.view.open')}
          </a>
        </div>
      }
    >
      {unreadable && <p className="notice">{t('invoice.view.none')}</p>}
      <iframe key={url} ref={frame} hidden={unreadable} className="readable" src={url} title={t('invoice.view.of', { number })} sandbox="allow-same-origin allow-modals" style={height === undefined ? undefined : { blockSize: height }} onLoad={loaded} />
    </Card>
  );
}
