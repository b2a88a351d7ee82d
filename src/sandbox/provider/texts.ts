import { romeTime } from '../clock/rome-time.js';
import type { DaticertFacts } from './daticert.js';

/** The human part of a provider's message. */
export interface HumanText {
  readonly text: string;
  readonly html: string;
}

const RULE = '-'.repeat(72);
const KIND_IT = { certificato: 'posta certificata', esterno: 'posta ordinaria' } as const;
const KIND_EN = { certificato: 'certified mail', esterno: 'ordinary mail' } as const;

/** Which of the two notices of a late delivery: they differ in nothing else than this text and their time (pec.md 1.3). */
export type Notice = 'warning' | 'final';

/** Subject prefix and texts by kind; `[title, lines]` in Italian, then in English. */
interface Wording {
  readonly prefix: string;
  it(facts: DaticertFacts, when: string, notice?: Notice): readonly string[];
  en(facts: DaticertFacts, when: string, notice?: Notice): readonly string[];
  readonly titles: readonly [string, string];
}

const about = ({ oggetto, mittente }: DaticertFacts): string => `"${oggetto}" proveniente da "${mittente}"`;
const aboutEn = ({ oggetto, mittente }: DaticertFacts): string => `"${oggetto}" from "${mittente}"`;

const WORDINGS: Readonly<Record<DaticertFacts['tipo'] | 'virus', Wording>> = {
  accettazione: {
    prefix: 'ACCETTAZIONE: ',
    titles: ['Ricevuta di accettazione', 'Acceptance receipt'],
    it: (facts, when) => [
      `${when} il messaggio`,
      about(facts),
      'ed indirizzato a:',
      ...facts.destinatari.map(({ address, tipo }) => `- ${address} ("${KIND_IT[tipo]}")`),
      'è stato accettato dal sistema ed inoltrato.',
    ],
    en: (facts, when) => [
      `${when} the message`,
      aboutEn(facts),
      'and addressed to:',
      ...facts.destinatari.map(({ address, tipo }) => `- ${address} ("${KIND_EN[tipo]}")`),
      'was accepted by the system and sent on.',
    ],
  },
  'non-accettazione': {
    prefix: 'AVVISO DI NON ACCETTAZIONE: ',
    titles: ['Avviso di non accettazione', 'Notice of non-acceptance'],
    it: (facts, when) => [
      `${when} nel messaggio`,
      about(facts),
      "è stato rilevato un problema che ne impedisce l'accettazione:",
      facts.erroreEsteso ?? '',
      'Il messaggio non è stato accettato.',
    ],
    en: (facts, when) => [
      `${when} the message`,
      aboutEn(facts),
      'was found to have a defect that keeps it from being accepted:',
      facts.erroreEsteso ?? '',
      'The message was not accepted.',
    ],
  },
  virus: {
    prefix: 'AVVISO DI NON ACCETTAZIONE PER VIRUS: ',
    titles: ['Avviso di non accettazione per virus informatico', 'Notice of non-acceptance because of a virus'],
    it: (facts, when) => [
      `${when} nel messaggio`,
      about(facts),
      'è stata rilevata la presenza di contenuto potenzialmente pericoloso:',
      facts.erroreEsteso ?? '',
      'Il messaggio non è stato accettato.',
    ],
    en: (facts, when) => [
      `${when} the message`,
      aboutEn(facts),
      'was found to hold dangerous content:',
      facts.erroreEsteso ?? '',
      'The message was not accepted.',
    ],
  },
  'avvenuta-consegna': {
    prefix: 'CONSEGNA: ',
    titles: ['Ricevuta di avvenuta consegna', 'Delivery receipt'],
    it: (facts, when) => [
      `${when} il messaggio`,
      about(facts),
      `ed indirizzato a "${facts.consegna ?? ''}"`,
      'è stato consegnato nella casella di destinazione.',
    ],
    en: (facts, when) => [
      `${when} the message`,
      aboutEn(facts),
      `and addressed to "${facts.consegna ?? ''}"`,
      "was delivered to the recipient's mailbox.",
    ],
  },
  'errore-consegna': {
    prefix: 'AVVISO DI MANCATA CONSEGNA: ',
    titles: ['Avviso di mancata consegna', 'Notice of non-delivery'],
    it: (facts, when) => [
      `${when} nel messaggio`,
      about(facts),
      `e destinato all'utente "${facts.consegna ?? ''}"`,
      `è stato rilevato un errore ${facts.erroreEsteso ?? ''}.`,
      'Il messaggio è stato rifiutato dal sistema.',
    ],
    en: (facts, when) => [
      `${when} the message`,
      aboutEn(facts),
      `addressed to the user "${facts.consegna ?? ''}"`,
      `met the error ${facts.erroreEsteso ?? ''}.`,
      'The message was rejected by the system.',
    ],
  },
  'preavviso-errore-consegna': {
    prefix: 'AVVISO DI MANCATA CONSEGNA PER SUP. TEMPO MASSIMO: ',
    titles: ['Avviso di mancata consegna per superamento del tempo massimo', 'Notice of non-delivery in due time'],
    it: (facts, when, notice) => [
      `${when} il messaggio`,
      about(facts),
      `e destinato all'utente "${facts.consegna ?? ''}"`,
      ...(notice === 'final'
        ? [
            'non è stato consegnato nelle 24 ore successive al suo invio.',
            'Si ritiene che la spedizione debba considerarsi non andata a buon fine.',
          ]
        : [
            'non è stato consegnato nelle prime 12 ore dal suo invio.',
            "Non escludendo che ciò possa avvenire, se entro le 24 ore dall'invio non sarà consegnato seguirà un ulteriore avviso.",
          ]),
    ],
    en: (facts, when, notice) => [
      `${when} the message`,
      aboutEn(facts),
      `addressed to the user "${facts.consegna ?? ''}"`,
      ...(notice === 'final'
        ? ['was not delivered within 24 hours of its sending.', 'The delivery must be considered as failed.']
        : [
            'was not delivered within the first 12 hours of its sending.',
            'It may still be; should it not be delivered within 24 hours, another notice will follow.',
          ]),
    ],
  },
  'posta-certificata': {
    prefix: 'POSTA CERTIFICATA: ',
    titles: ['Messaggio di posta certificata', 'Certified mail message'],
    it: (facts, when) => [
      `${when} il messaggio`,
      `"${facts.oggetto}" è stato inviato da "${facts.mittente}"`,
      'indirizzato a:',
      ...facts.destinatari.map(({ address }) => address),
      '',
      'Il messaggio originale è incluso in allegato.',
    ],
    en: (facts, when) => [
      `${when} the message`,
      `"${facts.oggetto}" was sent by "${facts.mittente}"`,
      'and addressed to:',
      ...facts.destinatari.map(({ address }) => address),
      '',
      'The original message is attached.',
    ],
  },
};

const wordingOf = (facts: DaticertFacts): Wording =>
  WORDINGS[facts.tipo === 'non-accettazione' && facts.errore === 'virus' ? 'virus' : facts.tipo];

/** The subject of the provider's message about a mail with this subject. */
export function subjectOf(facts: DaticertFacts): string {
  return wordingOf(facts).prefix + facts.oggetto;
}

/** What the provider writes for people, in both languages, as text and as HTML. */
export function humanText(facts: DaticertFacts, notice?: Notice): HumanText {
  const { giorno, ora, zona } = romeTime(facts.at);
  const wording = wordingOf(facts);
  const blocks = [
    {
      title: wording.titles[0],
      lines: wording.it(facts, `Il giorno ${giorno} alle ore ${ora} (${zona})`, notice),
      id: 'Identificativo messaggio',
    },
    { title: wording.titles[1], lines: wording.en(facts, `On ${giorno} at ${ora} (${zona})`, notice), id: 'Message identifier' },
  ].map(({ title, lines, id }) => ({ title, lines: [...lines, `${id}: ${facts.identificativo}`] }));
  const text = blocks.map(({ title, lines }) => [`-- ${title} --`, '', ...lines, ''].join('\n')).join(`\n${RULE}\n\n`);
  const html = blocks
    .map(({ title, lines }) => `<h3>${escapeHtml(title)}</h3>\n<p>${lines.map(escapeHtml).join('<br>\n')}</p>`)
    .join('\n<hr>\n');
  return { text, html: `<html>\n<head><title>${escapeHtml(wording.titles[0])}</title></head>\n<body>\n${html}\n</body>\n</html>\n` };
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
