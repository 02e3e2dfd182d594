import { describe, expect, it } from 'vitest';
import { originMark } from '../../src/plan/origin-mark.ts';

const when = { wallMs: Date.UTC(2026, 0, 2, 3, 4, 5), uuid: '8b4a0b8e-0000-4000-8000-000000000000' };
const url = 'https://a.test/f.iso';
const page = 'https://a.test/page';

describe('originMark', () => {
  it.each([
    ['linux', null, [['user.xdg.origin.url', url]]],
    [
      'linux',
      page,
      [
        ['user.xdg.origin.url', url],
        ['user.xdg.referrer.url', page],
      ],
    ],
    ['freebsd', null, [['user.xdg.origin.url', url]]],
    ['darwin', page, [['com.apple.quarantine', `0081;${(when.wallMs / 1000).toString(16)};Sluice;${when.uuid}`]]],
  ])('sets attributes on %s, found on %s', (platform, referrer, attributes) => {
    expect(originMark(platform, { url, referrer }, when)).toEqual({ kind: 'attributes', attributes });
  });

  it.each([
    [null, `[ZoneTransfer]\r\nZoneId=3\r\nHostUrl=${url}\r\n`],
    [page, `[ZoneTransfer]\r\nZoneId=3\r\nReferrerUrl=${page}\r\nHostUrl=${url}\r\n`],
  ])('writes a stream on Windows, found on %s', (referrer, text) => {
    expect(originMark('win32', { url, referrer }, when)).toEqual({ kind: 'stream', name: 'Zone.Identifier', text });
  });

  it('lets no line break begin an entry of its own', () => {
    const mark = originMark('win32', { url: `${url}\r\nZoneId=0`, referrer: 'x\nZoneId=0' }, when);
    expect(mark.kind === 'stream' && mark.text.split('\r\n').filter((line) => line.startsWith('ZoneId'))).toEqual([
      'ZoneId=3',
    ]);
  });
});
