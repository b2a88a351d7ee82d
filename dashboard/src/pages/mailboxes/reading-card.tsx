import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import type { FolderReading, Mailbox } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Fact } from '../../ui/copy.js';
import { Card } from '../../ui/layout.js';
import { ProblemBox } from '../../ui/problem-box.js';
import { When } from '../../ui/time.js';
import { useToast } from '../../ui/toasts.js';

/** Whether ledger and server agree, folder by folder, in numbers. */
export function ReadingCard({ mailbox }: { mailbox: Mailbox }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const toast = useToast();
  const compare = useMutation({
    mutationFn: () => api.reconcile(mailbox.id),
    onSuccess: async () => {
      toast(t('mailbox.reading.asked'));
      await client.invalidateQueries({ queryKey: keys.mailboxes });
    },
  });
  return (
    <Card title={t('mailbox.reading')}>
      <p className="faint">{t('mailbox.reading.body')}</p>
      {mailbox.reading.map((reading) => (
        <Folder key={reading.folder} reading={reading} />
      ))}
      <Button icon="refresh" busy={compare.isPending} onClick={() => compare.mutate()}>
        {t('mailbox.reading.now')}
      </Button>
      {compare.isError && <ProblemBox error={compare.error} />}
    </Card>
  );
}

function Folder({ reading }: { reading: FolderReading }) {
  const { t, language } = useI18n();
  const words = (count: number | null) => (count === null ? '–' : count.toLocaleString(language));
  return (
    <section>
      <p className="test-side-head">
        <strong className="break">{reading.folder}</strong>
        <State reading={reading} />
      </p>
      <dl className="fact-list fact-list-wide">
        <Fact label={t('mailbox.reading.onServer')}>{words(reading.onServer)}</Fact>
        <Fact label={t('mailbox.reading.inLedger')}>{words(reading.inLedger)}</Fact>
        <Fact label={t('mailbox.reading.duplicates')}>{words(reading.duplicates)}</Fact>
        <Fact label={t('mailbox.reading.vanished')}>{words(reading.vanished)}</Fact>
        <Fact label={t('mailbox.reading.takenLate')}>{words(reading.takenLate)}</Fact>
        <Fact label={t('mailbox.reading.compared')}>
          <When at={reading.reconciledAt} />
        </Fact>
      </dl>
    </section>
  );
}

function State({ reading }: { reading: FolderReading }) {
  const { t } = useI18n();
  if (reading.behind) return <Badge tone="wait">{t('mailbox.reading.behind')}</Badge>;
  if (reading.requestedAt) return <Badge tone="way">{t('mailbox.reading.running')}</Badge>;
  if (reading.agrees === null) return null;
  return <Badge tone={reading.agrees ? 'good' : 'bad'}>{t(reading.agrees ? 'mailbox.reading.agrees' : 'mailbox.reading.disagrees')}</Badge>;
}
