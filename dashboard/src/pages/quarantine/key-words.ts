import { useI18n } from '../../i18n/i18n.js';
import { MESSAGES, type MessageKey } from '../../i18n/messages.js';

type CandidateKey = Extract<MessageKey, `message.key.${string}`>;

/** What a key is called by which a message names an invoice; one that a newer service made up is shown as it is. */
export function useKeyWord(): (key: string) => string {
  const { t } = useI18n();
  return (name) => {
    const key = `message.key.${name}`;
    return key in MESSAGES ? t(key as CandidateKey) : name;
  };
}
