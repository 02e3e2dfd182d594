/** Which proxy a link goes through. */
import { describe, expect, it } from 'vitest';
import { chooseProxy, noProxies, proxySettingsFrom } from '../../../src/plan/request/choose-proxy.ts';

const settings = { http: 'http://h:1', https: 'http://s:2', all: 'socks5://a:3', none: '' };

describe('chooseProxy', () => {
  it.each([
    ['http://x/', null, 'http://h:1'],
    ['https://x/', null, 'http://s:2'],
    ['ftp://x/', null, 'socks5://a:3'],
    ['http://x/', 'none', null],
    ['http://x/', 'http://own:9', 'http://own:9'],
    ['not a link', null, null],
  ])('%s with %s', (url, spec, expected) => {
    expect(chooseProxy(url, spec, settings)).toBe(expected);
  });

  it('falls back to the one for all, completed to a link', () => {
    expect(chooseProxy('http://x/', null, { ...settings, http: null })).toBe('socks5://a:3');
    expect(chooseProxy('http://x/', null, { ...settings, http: 'host:8080' })).toBe('http://host:8080');
    expect(chooseProxy('http://x/', null, noProxies)).toBeNull();
    expect(chooseProxy('ftp://x/', null, { ...settings, all: null })).toBeNull();
  });

  it.each([
    ['*', 'http://anything/', true],
    ['example.com', 'http://example.com/', true],
    ['example.com', 'http://EXAMPLE.com./', true],
    ['example.com', 'http://www.example.com/', true],
    ['.example.com', 'http://example.com/', true],
    ['*.example.com', 'http://a.example.com/', true],
    ['example.com', 'http://notexample.com/', false],
    ['example.com', 'http://example.com.evil/', false],
    ['a.b, example.com  c', 'http://c/', true],
    ['example.com:80', 'http://example.com/', true],
    ['example.com:443', 'https://example.com/', true],
    ['example.com:21', 'ftp://example.com/', true],
    ['example.com:990', 'ftps://example.com/', true],
    ['example.com:22', 'sftp://example.com/', true],
    ['example.com:22', 'scp://example.com/', true],
    ['example.com:8080', 'http://example.com/', false],
    ['example.com:8080', 'http://example.com:8080/', true],
    ['[::1]', 'http://[::1]/', true],
    ['[::1]:80', 'http://[::1]/', true],
    ['[::1]:81', 'http://[::1]/', false],
    ['::1', 'http://[::1]/', true],
    [':80', 'http://x/', false],
    [',', 'http://x/', false],
  ])('%s excepts %s: %s', (none, url, expected) => {
    expect(chooseProxy(url, null, { ...settings, none }) === null).toBe(expected);
  });
});

describe('proxySettingsFrom', () => {
  it('reads the usual names, small letters first', () => {
    expect(
      proxySettingsFrom({
        http_proxy: ' a ',
        https_proxy: 'b',
        HTTPS_PROXY: 'x',
        ALL_PROXY: 'c',
        no_proxy: '',
        NO_PROXY: 'd',
      }),
    ).toEqual({ http: 'a', https: 'b', all: 'c', none: 'd' });
  });

  it('does not trust HTTP_PROXY (CVE-2016-5385), and takes blanks for nothing', () => {
    expect(proxySettingsFrom({ HTTP_PROXY: 'evil', http_proxy: '  ', all_proxy: 'z' })).toEqual({
      ...noProxies,
      all: 'z',
    });
    expect(proxySettingsFrom({ HTTPS_PROXY: 'y' }).https).toBe('y');
    expect(proxySettingsFrom({})).toEqual(noProxies);
  });
});
