import type { Finding } from '../../platform/http/problem.js';
import { isPrivateHost } from '../../platform/net/addresses.js';

const MAX_URL_LENGTH = 2000;

export type TargetUrl = { readonly ok: true; readonly url: URL } | { readonly ok: false; readonly finding: Finding };

/**
 * Reads the address of an endpoint. What can be known without a resolver is refused here; names are checked again at every delivery, when they are
 * resolved, because a name can be pointed elsewhere at any time.
 */
export function readTargetUrl(text: string, options: { readonly allowPrivate: boolean }): TargetUrl {
  if (text.length > MAX_URL_LENGTH || !URL.canParse(text)) return refuse('url-invalid', text);
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return refuse('url-scheme', text);
  if (url.username !== '' || url.password !== '') return refuse('url-credentials', '');
  if (url.hash !== '') return refuse('url-fragment', text);
  const host = hostOf(url);
  if (!options.allowPrivate && isPrivateHost(host)) return refuse('url-private', text);
  return { ok: true, url };
}

/** The host as a name or an address, without the brackets of IPv6. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1');
}

type UrlFault = keyof typeof FAULTS;

const FAULTS = {
  'url-invalid': {
    message: {
      it: 'Non è un indirizzo web assoluto valido (al massimo 2000 caratteri).',
      en: 'This is not a valid absolute web address (2000 characters at most).',
    },
    fix: { it: 'Indicare un indirizzo come https://esempio.it/webhook.', en: 'Give an address such as https://example.com/webhook.' },
  },
  'url-scheme': {
    message: { it: 'I webhook si consegnano solo per http o https.', en: 'Webhooks are delivered over http or https only.' },
    fix: { it: 'Usare un indirizzo che inizia con https://.', en: 'Use an address that begins with https://.' },
  },
  'url-credentials': {
    message: {
      it: 'L’indirizzo contiene un nome utente o una password, che finirebbero nei registri.',
      en: 'The address holds a user name or a password, which would end up in logs.',
    },
    fix: { it: 'Toglierli e verificare la firma di ogni messaggio.', en: 'Leave them out and verify the signature of each message.' },
  },
  'url-fragment': {
    message: { it: 'La parte dopo # non arriva mai al server.', en: 'The part after # never reaches the server.' },
    fix: { it: 'Togliere # e ciò che segue.', en: 'Leave out # and what follows it.' },
  },
  'url-private': {
    message: {
      it: 'L’indirizzo è di una rete privata, locale o riservata, che questo servizio non chiama.',
      en: 'The address belongs to a private, local or reserved network, which this service does not call.',
    },
    fix: {
      it: 'Usare un indirizzo pubblico. Chi gestisce il servizio può permettere le reti private con CORRIERE_WEBHOOKS_PRIVATE=on.',
      en: 'Use a public address. Whoever runs the service can allow private networks with CORRIERE_WEBHOOKS_PRIVATE=on.',
    },
  },
} as const;

function refuse(code: UrlFault, value: string): TargetUrl {
  return {
    ok: false,
    finding: { code, severity: 'error', path: '/url', ...(value === '' ? {} : { value: value.slice(0, 200) }), ...FAULTS[code] },
  };
}
