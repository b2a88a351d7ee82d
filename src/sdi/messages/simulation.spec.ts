import { describe, expect, it } from 'vitest';
import { isSimulation } from './simulation.js';

describe('isSimulation', () => {
  it.each(['Ricevuta di consegna 6782414 (SIMULAZIONE)', 'x (simulazione) y', '( SIMULAZIONE )', 'a (SIMU\u200bLAZIONE) (SIMULAZIONE\r\n )'])('knows %j', (text) => expect(isSimulation([undefined, text])).toBe(true));
  it.each(['', 'Ricevuta di consegna 6782414', 'SIMULAZIONE S.r.l.', '(simulazioni)'])('leaves %j', (text) => expect(isSimulation([text, undefined])).toBe(false));
});
