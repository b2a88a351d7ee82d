import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { announcedSdiAddress } from './announcement.js';

describe('the address that SdI announces (sdi.md 3.1)', () => {
  it.each([
    ["Il nuovo indirizzo da utilizzare per inviare le prossime fatture al Sistema di Interscambio, fino ad un eventuale nuovo avviso, e' sdi48@pec.fatturapa.it. L'utilizzo di un indirizzo diverso non garantisce il recapito.", 'sdi48@pec.fatturapa.it'],
    ['please use the address: sdi48@pec.fatturapa.it.Using a different address does not guarantee delivery.', 'sdi48@pec.fatturapa.it'],
    ['Indirizzo: <SDI07@PEC.FATTURAPA.IT>', 'sdi07@pec.fatturapa.it'],
    ["L'indirizzo è\r\n  sdi03@pec.fatturapa.it\r\n\r\nUse the address sdi03@pec.fatturapa.it", 'sdi03@pec.fatturapa.it'],
    ["L'indirizzo è sdi03@pec.fatturapa.it e non più sdi01@pec.fatturapa.it", undefined],
    ['Messaggio di sdi48@pec.fatturapa.it', undefined],
    ['Nessun indirizzo.', undefined],
    ['indirizzo sdi48@pec.fatturapa.it.evil.example', undefined],
    ['indirizzo xsdi48@pec.fatturapa.it', undefined],
    ['indirizzo sdi481@pec.fatturapa.it', undefined],
    ['indirizzo sdi4@pec.fatturapa.it', undefined],
    ['indirizzo sdi48@pecXfatturapa.it', undefined],
    ['indirizzo a@b.sdi48@pec.fatturapa.it', undefined],
    ['', undefined],
  ])('%j', (text, address) => expect(announcedSdiAddress(text)).toBe(address));

  it('is one that stands in the text, or none', () => {
    const piece = fc.oneof(fc.constantFrom('indirizzo ', 'address ', 'sdi48@pec.fatturapa.it', 'sdi03@pec.fatturapa.it', '.', '\n', ' ', '@'), fc.string());
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join('');
        const address = announcedSdiAddress(text);
        expect(address === undefined || text.toLowerCase().includes(address)).toBe(true);
      }),
    );
  });
});
