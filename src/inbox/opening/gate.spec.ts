import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Gate } from './gate.js';

it('never lets more through at once than it has places, and lets everybody through, failures included', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.array(fc.record({ turns: fc.nat(3), fails: fc.boolean() }), { maxLength: 20 }), async (places, visitors) => {
      const gate = new Gate(places);
      let inside = 0;
      const outcomes = await Promise.allSettled(
        visitors.map(({ turns, fails }, index) =>
          gate.through(async () => {
            inside += 1;
            expect(inside).toBeLessThanOrEqual(places);
            for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
            inside -= 1;
            if (fails) throw new Error('no');
            return index;
          }),
        ),
      );
      expect(inside).toBe(0);
      expect(outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : 'failed'))).toEqual(visitors.map(({ fails }, index) => (fails ? 'failed' : index)));
    }),
  );
});
