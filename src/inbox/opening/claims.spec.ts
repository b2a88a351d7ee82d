import { describe, expect, it } from 'vitest';
import { RECEIPT_KINDS } from '../../pec/types.js';
import { SDI_MESSAGE_CODES } from '../../sdi/messages/types.js';
import { envelope, receipt, sdi } from '../testing/messages.js';
import { namedBy } from './candidates.js';
import { claimsOf } from './claims.js';

const untrusted = { trust: { ok: false, reasons: [{ code: 'chain-incomplete', text: '' }] } } as const;

describe('what a message claims', () => {
  it('of receipts: what reaches users, believed or not', () => {
    const claimed = RECEIPT_KINDS.map((kind) => [kind, claimsOf({ pec: receipt(kind, {}, untrusted) }).map(({ type }) => type).join()]);
    expect(Object.fromEntries(claimed)).toEqual({
      accettazione: 'accettazione',
      'non-accettazione': 'non_accettazione',
      'presa-in-carico': '',
      'avvenuta-consegna': 'avvenuta_consegna',
      'errore-consegna': 'errore_consegna',
      'preavviso-errore-consegna': 'preavviso_errore_consegna',
      'rilevazione-virus': '',
    });
  });

  it('of SdI’s messages: those to senders, whatever wrapped them', () => {
    const claimed = SDI_MESSAGE_CODES.filter((code) => claimsOf({ pec: envelope({}, untrusted), sdi: sdi(code) }).length > 0);
    expect(claimed).toEqual(['RC', 'NS', 'MC', 'NE', 'DT', 'AT']);
    expect(claimsOf({ pec: { ...envelope(), class: 'ordinary' }, sdi: sdi('RC') })).toMatchObject([{ kind: 'notification', type: 'RC' }]);
  });

  it('nothing, where its daticert cannot be read or it is an envelope of anybody', () => {
    const { daticert: _, ...unread } = receipt('accettazione');
    expect(claimsOf({ pec: unread })).toEqual([]);
    expect(claimsOf({ pec: envelope() })).toEqual([]);
  });
});

describe('what a message names', () => {
  it('of a receipt: our Message-ID, the provider’s id, a file name in the subject', () => {
    expect(namedBy({ pec: receipt('accettazione', { msgid: 'inv.X.a1@p', identificativo: 'gx@p', oggetto: 'IT09876543217_0000A.xml' }) })).toEqual({ msgid: 'inv.X.a1@p', identificativo: 'gx@p', oggetto: 'IT09876543217_0000A' });
  });

  it('of a message that is no receipt: what its header says, for want of better', () => {
    const { daticert: _, ...mail } = receipt('accettazione', {}, { class: 'ordinary', headers: { riferimentoMessageId: 'inv.X.a1@p', subject: 'Re: it09876543217_0000a.xml.p7m' } });
    expect(namedBy({ pec: mail })).toEqual({ msgid: 'inv.X.a1@p', oggetto: 'it09876543217_0000a' });
  });

  it('of a message of SdI: its own keys, and not the envelope’s id', () => {
    expect(namedBy({ pec: envelope(), sdi: sdi('RC', { identificativoSdi: '111', hash: ' ', nomeFile: 'A_1.xml', pecMessageId: 'gx@p' }) })).toEqual({ identificativoSdi: '111', fileName: 'A_1.xml', pecMessageId: 'gx@p' });
  });
});
