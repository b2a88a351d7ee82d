import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readBodyText, readPecMessage } from '../../src/pec/index.js';
import { notificationText } from '../../src/sandbox/sdi/mail-texts.js';
import type { NotificationFacts } from '../../src/sandbox/sdi/notification-xml.js';
import { announcedSdiAddress } from '../../src/sdi/index.js';

const CORPUS = path.join(__dirname, '../../../shared/corpus/pec/eml');
const present = existsSync(CORPUS);
if (!present) console.info('skipped: the shared corpus of PEC messages is not beside this checkout');

describe.skipIf(!present)('what real mails of SdI announce', () => {
  it.each([
    ['oca-2019-busta-trasporto-sdi-mancata-consegna-nodaticert.eml', 'sdi48@pec.fatturapa.it'],
    ['oca-2018-busta-trasporto-sdi-ricevuta-consegna.eml', undefined],
    ['oca-2018-busta-trasporto-sdi-invio-file.eml', undefined],
  ])('%s', async (name, address) => {
    const { postacert } = await readPecMessage(readFileSync(path.join(CORPUS, name)), { anchors: [] });
    expect(postacert && announcedSdiAddress(readBodyText(postacert))).toBe(address);
  });
});

describe('what the sandbox’s SdI announces', () => {
  it.each(['RC', 'NS', 'MC', 'NE', 'DT', 'AT', 'MT'] as const)('%s', (code) => {
    const facts = { code, identificativoSdi: '111', nomeFile: 'IT01234567890_00001.xml', receivedAt: new Date(), destinatario: { codice: '0000000', descrizione: 'x' } } as unknown as NotificationFacts;
    expect(announcedSdiAddress(notificationText(facts, 'sdi31@pec.fatturapa.it'))).toBe(code === 'MT' ? undefined : 'sdi31@pec.fatturapa.it');
  });
});
