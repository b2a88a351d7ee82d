import { describe, expect, it } from 'vitest';
import { foldLifecycle, type LifecycleEvent } from '../../sdi/index.js';
import { type Claim, claimsOf } from '../opening/claims.js';
import { ADDRESS, attempt, envelope, HASH, invoice, NOW, receipt, SDI, sdi } from '../testing/messages.js';
import { type Doubtful, doubtsOf } from './doubts.js';
import { remark, vouched } from './manual-events.js';

const who = { messageId: 'm1', by: 'Studio Rossi', note: 'verificato sul portale' };
const told = NOW.toISOString();
const claim = (opened: Parameters<typeof claimsOf>[0]): Claim => claimsOf(opened)[0]!;
const rc = claim({ pec: envelope(), sdi: sdi('RC', { note: 'di SdI' }) });
const accettazione = claim({ pec: receipt('accettazione') });

describe('the events that a person adds', () => {
  it('a remark holds who and why, and nothing else', () => expect(remark(who, told)).toEqual({ type: 'manual_note', key: 'remark:m1', at: told, source: 'person', facts: { note: who.note, notedBy: who.by } }));

  it('a vouched event is the claimed one, on the person’s word; SdI’s own note keeps a name of its own', () => {
    const event = vouched({ ...who, claim: rc, told, doubts: [] });
    expect(event).toMatchObject({ type: 'RC', source: 'person', identificativoSdi: '111', at: '2026-11-03T09:59:00.000Z', facts: { vouchedBy: who.by, note: who.note, sdiNote: 'di SdI', nomeFile: invoice.fileName } });
    expect(event.facts).not.toHaveProperty('matchedBy');
    expect(event.facts).not.toHaveProperty('doubts');
    expect(vouched({ ...who, claim: rc, told, doubts: ['other_hash'] }).facts).toMatchObject({ doubts: ['other_hash'] });
  });

  it('moves the state as the table says, and stands beside the proof that comes later without another effect', () => {
    const events: LifecycleEvent[] = [
      { type: 'queued', key: 'q', at: told },
      { type: 'attempt_opened', key: 'o', at: told, attempt: 1 },
    ];
    const state = (...more: LifecycleEvent[]) => foldLifecycle('private', 1, [...events, ...more]);
    const receiptEvent = vouched({ ...who, claim: accettazione, told, attempt: 1, doubts: [] });
    expect(state(receiptEvent).status).toBe('pec_accepted');
    expect(state(remark(who, told))).toEqual(state());
    const proved: LifecycleEvent = { type: 'RC', key: 'sdi:private:RC:111:9001:', at: told, identificativoSdi: '111' };
    const person = vouched({ ...who, claim: rc, told, doubts: [] });
    expect(person.key).not.toBe(proved.key);
    expect(state(person, proved)).toEqual(state(person));
  });
});

describe('what speaks against vouching', () => {
  const about = (over: Partial<Doubtful> = {}): Doubtful => ({ claim: rc, invoice, simulated: false, named: undefined, address: ADDRESS, attempt, sdiAddress: SDI, documents: undefined, at: NOW, latest: NOW, maxBeforeMs: 300_000, ...over });
  const notification = (code: Parameters<typeof sdi>[0], over: Parameters<typeof sdi>[1]): Claim => claim({ pec: envelope(), sdi: sdi(code, over) });
  const reference = { riferimentoFattura: { numeroFattura: '1', annoFattura: '2026' } };

  it.each<[string, Doubtful, string[]]>([
    ['nothing, where all fits', about(), []],
    ['a simulation', about({ simulated: true }), ['simulation']],
    ['another name', about({ claim: notification('RC', { nomeFile: 'IT09876543217_0000B.xml' }) }), ['other_file']],
    ['the same name, signed and in small letters', about({ claim: notification('RC', { nomeFile: 'it09876543217_0000a.xml.p7m' }) }), []],
    ['another file by hash', about({ claim: notification('RC', { hash: 'f'.repeat(64) }) }), ['other_hash']],
    ['no hash at all', about({ claim: notification('RC', { hash: '' }) }), []],
    ['the same hash in capitals', about({ claim: notification('RC', { hash: HASH.toUpperCase() }) }), []],
    ['the hand-over of another invoice', about({ claim: accettazione, named: 'other' }), ['other_invoice']],
    ['its own hand-over', about({ claim: accettazione, named: invoice.id }), []],
    ['a receipt that fits', about({ claim: accettazione }), []],
    ['a receipt with a Message-ID that was never ours', about({ claim: claim({ pec: receipt('accettazione', { msgid: 'x@pec.altro.example' }) }), attempt: undefined }), ['unknown_hand_over']],
    ['a receipt with a Message-ID that was never ours and a known identificativo', about({ claim: claim({ pec: receipt('accettazione', { msgid: 'x@pec.altro.example' }) }) }), ['unknown_hand_over']],
    ['a notification that names no hand-over', about({ attempt: undefined }), []],
    ['a receipt of another sender', about({ claim: claim({ pec: receipt('accettazione', { mittente: 'altri@pec.ditta.example' }) }) }), ['other_sender']],
    ['its sender in capitals', about({ claim: claim({ pec: receipt('accettazione', { mittente: ` ${ADDRESS.toUpperCase()}` }) }) }), []],
    ['a delivery to another address', about({ claim: claim({ pec: receipt('avvenuta-consegna', { consegna: 'sdi01@pec.fatturapa.it' }) }) }), ['other_recipient']],
    ['an acceptance for another address', about({ claim: claim({ pec: receipt('accettazione', { destinatari: [{ address: 'cliente@pec.example', tipo: 'certificato' }] }) }) }), ['other_recipient']],
    ['a receipt where nothing was handed over', about({ claim: accettazione, attempt: undefined, sdiAddress: undefined }), ['unknown_hand_over']],
    ['another identificativo than the one told first', about({ claim: accettazione, attempt: { ...attempt, identificativo: 'gx8.1@pec.aruba.it' } }), ['other_identificativo']],
    ['the other flow', about({ claim: notification('MC', { family: 'pa' }) }), ['other_flow']],
    ['a rejection of either family', about({ claim: notification('NS', { family: 'pa' }) }), []],
    ['a document that is not in the file', about({ claim: notification('NE', { family: 'private', ...reference }), documents: [] }), ['other_document']],
    ['a document that is', about({ claim: notification('NE', { family: 'private', ...reference }), documents: [1] }), []],
    ['the future', about({ at: new Date(NOW.getTime() + 1) }), ['implausible_instant']],
    ['a time before the invoice', about({ at: new Date('2023-01-01T00:00:00Z') }), ['implausible_instant']],
  ])('%s', (_, doubtful, expected) => expect(doubtsOf(doubtful)).toEqual(expected));
});
