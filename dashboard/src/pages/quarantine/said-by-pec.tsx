import type { Daticert } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import { Fact } from '../../ui/copy.js';
import { ExactTime } from '../../ui/time.js';

/** What daticert.xml states: the provider's own record of the message. */
export function SaidByPec({ daticert }: { daticert: Daticert }) {
  const { t } = useI18n();
  return (
    <section>
      <h3>{t('message.daticert')}</h3>
      <dl className="fact-list fact-list-wide">
        <Fact label={t('message.daticert.tipo')} mono>
          {daticert.tipo}
        </Fact>
        {daticert.errore !== 'nessuno' && <Fact label={t('fact.errore')}>{daticert.errore}</Fact>}
        {daticert.erroreEsteso && (
          <Fact label={t('fact.erroreEsteso')}>
            <span className="break">{daticert.erroreEsteso}</span>
          </Fact>
        )}
        <Fact label={t('message.daticert.instant')}>
          <ExactTime at={daticert.instant} />
        </Fact>
        <Fact label={t('message.daticert.mittente')} mono>
          <span className="break">{daticert.mittente}</span>
        </Fact>
        <Fact label={t('message.daticert.destinatari')} mono>
          <span className="break">{daticert.consegna ?? daticert.destinatari.map(({ address }) => address).join(', ')}</span>
        </Fact>
        {daticert.oggetto && (
          <Fact label={t('messages.column.subject')}>
            <span className="break">{daticert.oggetto}</span>
          </Fact>
        )}
        <Fact label={t('fact.gestoreEmittente')}>{daticert.gestoreEmittente}</Fact>
        <Fact label={t('fact.identificativo')} copy={daticert.identificativo} mono>
          <span className="break">{daticert.identificativo}</span>
        </Fact>
        {daticert.msgid && (
          <Fact label={t('message.daticert.msgid')} copy={daticert.msgid} mono>
            <span className="break">{daticert.msgid}</span>
          </Fact>
        )}
      </dl>
    </section>
  );
}
