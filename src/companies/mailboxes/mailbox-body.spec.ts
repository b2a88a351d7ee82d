import { describe, expect, it } from 'vitest';
import { SdiAddressDecisionBody } from './mailbox-body.js';

describe('a decision for an address of SdI', () => {
  const address = 'SDI48@pec.fatturapa.it';

  it('says why', () => {
    expect(SdiAddressDecisionBody.parse({ address, note: ' come da comunicazione ' })).toEqual({ address: 'sdi48@pec.fatturapa.it', note: 'come da comunicazione' });
    expect(SdiAddressDecisionBody.safeParse({ address, note: 'x'.repeat(500) }).success).toBe(true);
  });

  it.each([undefined, null, '', ' \n', 'x'.repeat(501), 7])('is refused at its note when that is %j', (note) => {
    expect(SdiAddressDecisionBody.safeParse({ address, note }).error?.issues.map(({ path }) => path)).toEqual([['note']]);
  });
});
