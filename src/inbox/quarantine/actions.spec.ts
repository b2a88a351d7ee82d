import { describe, expect, it } from 'vitest';
import { REASONS } from '../judge/reasons.js';
import { DISPOSITIONS } from '../ledger/ledger.js';
import { type Action, actionsOf, takesBack } from './actions.js';

const of = (disposition: (typeof DISPOSITIONS)[number], reason: string | null, unvouched = true): Action[] => actionsOf({ disposition, reason, unvouched });

describe('what a person may do with a message', () => {
  it.each<[Parameters<typeof of>[0], string | null, boolean, Action[]]>([
    ['waiting', null, true, ['judge']],
    ['quarantined', 'untrusted', true, ['judge', 'attach', 'not_ours']],
    ['quarantined', 'untrusted', false, ['judge', 'attach', 'not_ours']],
    ['quarantined', 'issuer_unknown', true, ['judge', 'attach', 'not_ours', 'trust_certificate']],
    ['quarantined', 'sdi_issuer_unknown', true, ['judge', 'attach', 'not_ours', 'trust_certificate']],
    ['quarantined', 'too_large', false, ['attach', 'not_ours']],
    ['quarantined', 'unfetchable', false, ['judge', 'not_ours']],
    ['not_ours', 'unknown_attempt', true, ['judge', 'attach']],
    ['not_ours', 'not_ours_by_person', true, ['judge', 'attach']],
    ['applied', 'told', true, ['judge']],
    ['applied', 'attached_by_person', true, ['attach']],
    ['applied', 'attached_by_person', false, []],
    ['duplicate', 'same_content', true, ['judge']],
    ['received_invoice', 'supplier_invoice', false, ['judge']],
  ])('%s, %s, something to vouch for: %s', (disposition, reason, unvouched, expected) => expect(of(disposition, reason, unvouched)).toEqual(expected));

  it('is never to change what moved an invoice, whatever the reason is called', () => {
    for (const reason of [...Object.keys(REASONS), 'made_up', null].filter((one) => one !== 'attached_by_person')) {
      expect(of('applied', reason)).not.toContain('attach');
      for (const disposition of DISPOSITIONS.filter((one) => one !== 'quarantined')) expect(of(disposition, reason)).not.toContain('not_ours');
    }
  });

  it('takes back a person’s “not ours” and nothing else', () => expect([...Object.keys(REASONS), null, undefined].filter(takesBack)).toEqual(['not_ours_by_person']));
});
