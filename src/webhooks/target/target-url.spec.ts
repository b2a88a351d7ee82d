import { describe, expect, it } from 'vitest';
import { readTargetUrl } from './target-url.js';

describe('addresses of endpoints', () => {
  const code = (url: string, allowPrivate = false) => {
    const read = readTargetUrl(url, { allowPrivate });
    return read.ok ? 'ok' : read.finding.code;
  };

  it.each([
    ['https://example.com/hook', 'ok'],
    ['http://example.com:8080/hook?a=b', 'ok'],
    ['https://8.8.8.8/', 'ok'],
    ['https://münchen.example/', 'ok'],
    ['', 'url-invalid'],
    ['/hook', 'url-invalid'],
    ['example.com/hook', 'url-invalid'],
    ['https://', 'url-invalid'],
    ['https://example.com:99999/', 'url-invalid'],
    [`https://example.com/${'a'.repeat(2000)}`, 'url-invalid'],
    ['ftp://example.com/', 'url-scheme'],
    ['file:///etc/passwd', 'url-scheme'],
    ['javascript:alert(1)', 'url-scheme'],
    ['gopher://127.0.0.1/', 'url-scheme'],
    ['https://user:secret@example.com/', 'url-credentials'],
    ['https://user@example.com/', 'url-credentials'],
    ['https://example.com/#part', 'url-fragment'],
    ['http://localhost/', 'url-private'],
    ['http://LOCALHOST:3000/', 'url-private'],
    ['http://localhost./', 'url-private'],
    ['http://a.localhost/', 'url-private'],
    ['http://metadata.google.internal/', 'url-private'],
    ['http://printer.local/', 'url-private'],
    ['http://redis:6379/', 'url-private'],
    ['http://127.0.0.1/', 'url-private'],
    ['http://127.1/', 'url-private'],
    ['http://2130706433/', 'url-private'],
    ['http://0x7f.0.0.1/', 'url-private'],
    ['http://0177.0.0.1/', 'url-private'],
    ['http://①②⑦.0.0.1/', 'url-private'],
    ['http://0/', 'url-private'],
    ['http://169.254.169.254/latest/meta-data/', 'url-private'],
    ['http://[::1]/', 'url-private'],
    ['http://[::ffff:127.0.0.1]/', 'url-private'],
    ['http://[::ffff:a9fe:a9fe]/', 'url-private'],
    ['http://[fd00:ec2::254]/', 'url-private'],
    ['http://[64:ff9b::7f00:1]/', 'url-private'],
  ])('%j is %s', (url, expected) => expect(code(url)).toBe(expected));

  it.each(['http://localhost:9000/', 'http://127.0.0.1:9000/', 'http://redis/', 'http://[::1]:9000/'])('lets %j through where private networks are allowed', (url) =>
    expect(code(url, true)).toBe('ok'),
  );

  it('repeats no password in the finding', () => {
    const read = readTargetUrl('https://user:secret@example.com/', { allowPrivate: false });
    expect(JSON.stringify(read)).not.toContain('secret@');
  });
});
