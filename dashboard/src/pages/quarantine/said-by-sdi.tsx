import type { SdiFacts } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import { Badge } from '../../ui/badge.js';
import { Fact } from '../../ui/copy.js';
import { ExactTime } from '../../ui/time.js';
import { Signer } from './signer.js';

const VERDICTS = ['valid', 'invalid', 'absent'] as const;

/** What the message of SdI says, and what its own signature is worth. */
export function SaidBySdi({ sdi }: { sdi: SdiFacts }) {
  const { t } = useI18n();
  const verdict = VERDICTS.find((known) => known === sdi.signature.verdict);
  const reference = sdi.riferimentoFattura;
  return (
    <>
      <section>
        <h3>
          {t('message.sdi')} <code>{sdi.code}</code>
        </h3>
        <dl className="fact-list fact-list-wide">
          <Fact label={t('invoice.key.identificativoSdi')} copy={sdi.identificativoSdi} mono>
            {sdi.identificativoSdi}
          </Fact>
          <Fact label={t('fact.nomeFile')} mono>
            <span className="break">{sdi.nomeFile || '–'}</span>
          </Fact>
          {sdi.hash && (
            <Fact label={t('fact.hashFileOriginale')} copy={sdi.hash} mono>
              <span className="break">{sdi.hash}</span>
            </Fact>
          )}
          {reference && (
            <Fact label={t('fact.riferimentoFattura')}>
              {reference.numeroFattura} / {reference.annoFattura}
            </Fact>
          )}
          {sdi.esito && (
            <Fact label={t('fact.esito')} mono>
              {sdi.esito}
            </Fact>
          )}
          {sdi.dataOraRicezione && (
            <Fact label={t('fact.dataOraRicezione')}>
              <ExactTime at={sdi.dataOraRicezione} />
            </Fact>
          )}
          {sdi.dataOraConsegna && (
            <Fact label={t('fact.dataOraConsegna')}>
              <ExactTime at={sdi.dataOraConsegna} />
            </Fact>
          )}
          {sdi.messageId && (
            <Fact label={t('fact.messageId')} mono>
              {sdi.messageId}
            </Fact>
          )}
          {(sdi.descrizione ?? sdi.note) && (
            <Fact label={t('fact.descrizione')}>
              <span className="break">{[sdi.descrizione, sdi.note].filter(Boolean).join(' · ')}</span>
            </Fact>
          )}
          <Fact label={t('message.sdi.signature')}>
            <Badge tone={verdict === 'valid' ? 'good' : 'bad'}>{verdict ? t(`message.sdi.signature.${verdict}`) : sdi.signature.verdict}</Badge>
          </Fact>
        </dl>
        {sdi.signature.reasons.length > 0 && (
          <ul className="reasons">
            {sdi.signature.reasons.map((reason) => (
              <li key={reason} lang="en">
                {reason}
              </li>
            ))}
          </ul>
        )}
        {sdi.listaErrori && sdi.listaErrori.length > 0 && (
          <ul className="reasons sdi-errors">
            {sdi.listaErrori.map(({ codice, descrizione, suggerimento }, index) => (
              <li key={index} lang="it">
                <code>{codice}</code> {descrizione} {suggerimento && <span className="faint">{suggerimento}</span>}
              </li>
            ))}
          </ul>
        )}
      </section>
      {sdi.signature.signer && <Signer title={t('message.sdi.signer')} signer={sdi.signature.signer} />}
    </>
  );
}
