import type { Text } from '../command.js';

export const HELP: Text = {
  it: `corriere replay [--company ID] [--since ISTANTE] [--json]

Ricalcola dalle prove conservate tutto ciò che ne segue e dice, fattura per fattura e messaggio per messaggio, che cosa nel database non corrisponde: lo stato dalla cronologia,
ogni voce dai byte su cui poggia, ogni giudizio sui messaggi, l'impronta di ogni oggetto. Non scrive nulla; il servizio può essere in funzione.
Usa le impostazioni del servizio (DATABASE_URL oppure CORRIERE_DATA).

  --company ID     solo le fatture e i messaggi di un'azienda
  --since ISTANTE  solo ciò che è stato preso in consegna o letto da allora (ISO 8601)
  --json           un oggetto per differenza su una riga, per ultimo il riepilogo
  --lang it|en     lingua dei testi

Esce con 0 se non ci sono differenze, 1 se ce ne sono, 2 se non si è potuto confrontare.`,
  en: `corriere replay [--company ID] [--since INSTANT] [--json]

Computes from the stored evidence all that follows from it and says, invoice by invoice and message by message, what in the database differs: the state from the timeline, each
entry from the bytes that it rests on, each judgement of a message, the hash of each object. Writes nothing; the service may run meanwhile.
Uses the settings of the service (DATABASE_URL or CORRIERE_DATA).

  --company ID     only the invoices and messages of one company
  --since INSTANT  only what was taken in or fetched from then on (ISO 8601)
  --json           one object per difference on one line, the summary last
  --lang it|en     language of the texts

Exits with 0 when nothing differs, 1 when something does, 2 when nothing could be compared.`,
};
