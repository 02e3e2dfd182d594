/** Tests where a browser is opened, as a table. */
import { expect, test } from 'vitest';
import { hasDisplay } from '../src/main/open-browser.ts';

test.each<[platform: string, environment: Record<string, string>, display: boolean]>([
  ['linux', {}, false],
  ['linux', { DISPLAY: ':0' }, true],
  ['linux', { DISPLAY: '' }, false],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, true],
  ['darwin', {}, true],
  ['win32', {}, true],
])('%s %j', (platform, environment, display) => {
  expect(hasDisplay(environment, platform)).toBe(display);
});
