import type { Text } from '../command.js';

export const HELP: Text = {
  it: [
    'corriere verify FASCICOLO.zip [--json] [--lang it|en] [--anchors CARTELLA] [--allow-sha1] [--head IMPRONTA]',
    '',
    'Verifica un fascicolo delle prove e dice che cosa prova ciascun pezzo, per firma di chi e sotto quale autorità.',
    'Non usa rete, base di dati né servizio: basta il fascicolo.',
    '',
    '  --json              un oggetto, su una riga',
    '  --lang it|en        lingua del testo (altrimenti LANG)',
    '  --anchors CARTELLA  altre autorità fidate: file .pem, .crt, .cer, .der (si può ripetere)',
    '  --allow-sha1        accetta firme SHA-1 e chiavi RSA da 1024 bit (archivi)',
    '  --head IMPRONTA     un timelineHash ricevuto allora da un webhook o dal feed: deve comparire nella cronologia',
    '',
    'Esce con 0 se tutto regge, 1 se qualcosa non regge (dice quale pezzo e perché), 2 se il comando non è eseguibile.',
  ].join('\n'),
  en: [
    'corriere verify BUNDLE.zip [--json] [--lang it|en] [--anchors DIR] [--allow-sha1] [--head HASH]',
    '',
    'Verifies an evidence bundle and says what each piece proves, by whose signature and under which authority.',
    'Uses no network, no database and no service: the bundle is enough.',
    '',
    '  --json         one object, on one line',
    '  --lang it|en   language of the text (else LANG)',
    '  --anchors DIR  further trusted authorities: .pem, .crt, .cer, .der files (may be repeated)',
    '  --allow-sha1   accept SHA-1 signatures and RSA keys from 1024 bits on (archives)',
    '  --head HASH    a timelineHash that a webhook or the feed told then: it must be among those of the timeline',
    '',
    'Ends with 0 when everything holds, 1 when something does not (which piece, and why), 2 when the command cannot be carried out.',
  ].join('\n'),
};
