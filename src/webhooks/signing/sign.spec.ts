import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { newSecret, secretKey } from './secret.js';
import { hmacSigner, signedHeaders } from './sign.js';

const body = Buffer.from(JSON.stringify({ type: 'invoice.delivered', data: { number: 'è 1/2025 – “€”' } }), 'utf8');

describe('signatures', () => {
  it('gives the value of the example in the Standard Webhooks specification', () => {
    const sign = hmacSigner('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');
    const headers = signedHeaders('msg_p5jXN8AQM9LWM0D4loKWxJek', new Date(1614265330_000), Buffer.from('{"test": 2432232314}'), [sign]);
    expect(headers).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('is verified by the public library whatever the body', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const secret = newSecret();
        const bytes = Buffer.from(JSON.stringify({ value }), 'utf8');
        const headers = signedHeaders('id', new Date(), bytes, [hmacSigner(secret)]);
        expect(new Webhook(secret).verify(bytes, { ...headers })).toEqual(JSON.parse(bytes.toString('utf8')));
      }),
    );
  });

  it('is refused by the public library after any change', () => {
    const secret = newSecret();
    const headers = { ...signedHeaders('id', new Date(), body, [hmacSigner(secret)]) };
    const other = Buffer.from(body);
    other[10] = (other[10] ?? 0) ^ 1;
    expect(() => new Webhook(secret).verify(other, headers)).toThrow();
    expect(() => new Webhook(secret).verify(body, { ...headers, 'webhook-id': 'other' })).toThrow();
    expect(() => new Webhook(newSecret()).verify(body, headers)).toThrow();
    expect(() =>
      new Webhook(secret).verify(body, { ...headers, 'webhook-timestamp': String(Number(headers['webhook-timestamp']) - 1) }),
    ).toThrow();
  });

  it('lists several signatures, any of which is enough', () => {
    const [before, after] = [newSecret(), newSecret()];
    const ed25519Like = () => 'v1a,AAAA';
    const headers = { ...signedHeaders('id', new Date(), body, [ed25519Like, hmacSigner(after), hmacSigner(before)]) };
    expect(headers['webhook-signature'].split(' ')).toHaveLength(3);
    for (const secret of [before, after]) expect(() => new Webhook(secret).verify(body, headers)).not.toThrow();
  });

  it('never sends an unsigned message', () => {
    expect(() => signedHeaders('id', new Date(), body, [])).toThrow();
  });
});

describe('secrets', () => {
  it('hold 32 random bytes', () => {
    expect(secretKey(newSecret())).toHaveLength(32);
    expect(newSecret()).not.toBe(newSecret());
  });

  it.each(['', 'secret', 'whsec_', `whsec_${Buffer.alloc(23).toString('base64')}`, `whsec_${Buffer.alloc(65).toString('base64')}`])(
    'refuses %j',
    (secret) => {
      expect(() => secretKey(secret)).toThrow();
    },
  );
});
