import type { FiscalIdFault } from '../../fiscal-ids.js';
import type { Text } from '../../schema/types.js';

/** What is wrong with an id, and how to mend it. */
interface FaultText {
  readonly why: Text;
  readonly how: Text;
}

type Kind = 'partita-iva' | 'codice-fiscale';

const COPY: Text = {
  it: 'Ricopiare il numero da un documento del soggetto (visura, certificato di attribuzione, tessera sanitaria): una cifra o una lettera è sbagliata oppure due sono scambiate.',
  en: 'Copy the number again from a document of that party (company register extract, certificate, health card): one character is wrong, or two are swapped.',
};

const LENGTH: Readonly<Record<Kind, (length: number) => Text>> = {
  'partita-iva': (length) => ({ it: `ha ${length} caratteri, mentre una partita IVA ha 11 cifre`, en: `it has ${length} characters, and a VAT number has 11 digits` }),
  'codice-fiscale': (length) => ({
    it: `ha ${length} caratteri, mentre un codice fiscale ne ha 16 (persone fisiche) oppure 11, tutte cifre (società ed enti)`,
    en: `it has ${length} characters, and a codice fiscale has 16 (natural persons) or 11, all digits (companies and bodies)`,
  }),
};

/** The texts of one fault of one value. `withoutVat` is said where the party may have no VAT number at all. */
export function faultText(fault: FiscalIdFault, kind: Kind, value: string, withoutVat: Text | undefined): FaultText {
  const write: Text = { it: `Scrivere ${fault.meant ?? ''}.`, en: `Write ${fault.meant ?? ''}.` };
  switch (fault.kind) {
    case 'country-prefix':
      return { why: { it: 'comincia con la sigla IT, che non fa parte del numero', en: 'it begins with the letters IT, which are no part of the number' }, how: { it: `Scrivere ${fault.meant ?? ''}, senza IT.`, en: `Write ${fault.meant ?? ''}, without IT.` } };
    case 'spaces':
      return { why: { it: 'contiene spazi, punti o trattini', en: 'it holds spaces, dots or hyphens' }, how: write };
    case 'lower-case':
      return { why: { it: 'contiene lettere minuscole', en: 'it holds small letters' }, how: write };
    case 'lost-zeros':
      return {
        why: { it: `ha ${value.length} cifre anziché 11: sembra aver perso gli zeri iniziali`, en: `it has ${value.length} digits instead of 11: it seems to have lost its leading zeros` },
        how: { it: `Scrivere ${fault.meant ?? ''}, dopo averlo confrontato con un documento del soggetto.`, en: `Write ${fault.meant ?? ''}, after comparing it with a document of that party.` },
      };
    case 'is-codice-fiscale':
      return {
        why: { it: 'è un codice fiscale di 16 caratteri, mentre una partita IVA ha 11 cifre', en: 'it is a codice fiscale of 16 characters, and a VAT number has 11 digits' },
        how: {
          it: `Scrivere qui la partita IVA di 11 cifre; il codice fiscale va nel campo CodiceFiscale.${withoutVat ? ` ${withoutVat.it}` : ''}`,
          en: `Write the VAT number of 11 digits here; the codice fiscale belongs in the field CodiceFiscale.${withoutVat ? ` ${withoutVat.en}` : ''}`,
        },
      };
    case 'length':
      return { why: LENGTH[kind](value.length), how: COPY };
    case 'characters':
      return { why: { it: 'è di 11 caratteri ma non tutti sono cifre', en: 'it has 11 characters but not all are digits' }, how: COPY };
    case 'pattern':
      return {
        why: { it: 'non ha la forma di un codice fiscale (sei lettere, due cifre, una lettera, due cifre, una lettera, tre cifre, una lettera)', en: 'it is not built like a codice fiscale (six letters, two digits, a letter, two digits, a letter, three digits, a letter)' },
        how: COPY,
      };
    case 'check-digit':
      return {
        why: { it: `l’ultima cifra, di controllo, dovrebbe essere ${fault.expected ?? ''} se le altre dieci fossero giuste`, en: `the last digit, the check digit, would be ${fault.expected ?? ''} if the other ten were right` },
        how: COPY,
      };
    case 'check-letter':
      return {
        why: { it: `l’ultima lettera, di controllo, dovrebbe essere ${fault.expected ?? ''} se gli altri quindici caratteri fossero giusti`, en: `the last letter, the check letter, would be ${fault.expected ?? ''} if the other fifteen characters were right` },
        how: COPY,
      };
    case 'zeros':
      return { why: { it: 'è fatto di soli zeri', en: 'it is made of zeros only' }, how: { it: 'Scrivere il numero vero del soggetto.', en: 'Write the true number of that party.' } };
  }
}
