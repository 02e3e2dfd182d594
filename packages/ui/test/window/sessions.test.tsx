/** Settings of a host that browsers sign in to: who is signed in, and how each of them is signed out. */
import type { BrowserSession } from '@sluice/contract';
import { SluiceError } from '@sluice/contract';
import { screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { PlatformSessions } from '../../src/platform.ts';
import { browserName } from '../../src/text/browser-name.ts';
import { openWindow } from './open-window.tsx';

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const safari =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1';

function session(fields: Partial<BrowserSession>): BrowserSession {
  return { id: 'a', createdAtMs: 0, seenAtMs: 0, browser: firefox, address: '127.0.0.1', isThis: false, ...fields };
}

const mine = session({ id: 'mine', isThis: true, seenAtMs: Date.now() });
const phone = session({ id: 'phone', browser: safari, address: '192.168.1.7' });

function platformSessions(fields: Partial<PlatformSessions> = {}): PlatformSessions {
  const fail = () => Promise.reject(new SluiceError('disconnected'));
  return { list: () => Promise.resolve([mine, phone]), revoke: fail, revokeOthers: fail, ...fields };
}

async function openSettings(sessions: PlatformSessions) {
  const { user } = await openWindow([], { kind: 'browser', sessions });
  await user.click(screen.getByRole('button', { name: 'Settings' }));
  const region = within(await screen.findByRole('region', { name: 'Signed-in browsers' }));
  return { user, region };
}

describe('item 5: signed-in browsers', () => {
  it('are listed, this one marked, with where they came from', async () => {
    const { region } = await openSettings(platformSessions());
    const rows = (await region.findAllByRole('listitem')).map((row) => row.textContent);
    expect(rows[0]).toMatch(/^Firefox on LinuxThis browserLast seen .*From 127\.0\.0\.1/u);
    expect(rows[1]).toMatch(/^Safari on iOSLast seen .*From 192\.168\.1\.7/u);
  });

  it('are signed out one by one', async () => {
    const revoke = vi.fn<PlatformSessions['revoke']>(() => Promise.resolve([mine]));
    const { user, region } = await openSettings(platformSessions({ revoke }));
    await user.click(await region.findByRole('button', { name: /^Sign out Safari on iOS/u }));
    expect(revoke).toHaveBeenCalledWith('phone');
    expect(await region.findAllByRole('listitem')).toHaveLength(1);
    expect(region.queryByRole('button', { name: 'Sign out all others' })).toBeNull();
  });

  it('are signed out all at once but this one', async () => {
    const revokeOthers = vi.fn<PlatformSessions['revokeOthers']>(() => Promise.resolve([mine]));
    const { user, region } = await openSettings(platformSessions({ revokeOthers }));
    await user.click(await region.findByRole('button', { name: 'Sign out all others' }));
    expect(revokeOthers).toHaveBeenCalledOnce();
    expect(await region.findAllByRole('listitem')).toHaveLength(1);
  });

  it('stay on the page, with the reason, when the host cannot be asked', async () => {
    const { user, region } = await openSettings(platformSessions());
    await user.click(await region.findByRole('button', { name: /^Sign out Safari/u }));
    expect((await region.findByRole('alert')).textContent).toBe('The connection to Sluice was lost.');
    expect(region.getAllByRole('listitem')).toHaveLength(2);
  });

  it('are not spoken of where nothing signs in', async () => {
    const { user } = await openWindow([]);
    await user.click(screen.getByRole('button', { name: 'Settings' }));
    expect(screen.queryByRole('region', { name: 'Signed-in browsers' })).toBeNull();
  });
});

describe('the name of a browser', () => {
  const chrome =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36';
  it.each([
    [firefox, 'Firefox', 'Linux'],
    [safari, 'Safari', 'iOS'],
    [chrome, 'Chrome', 'Windows'],
    [`${chrome} Edg/141.0`, 'Edge', 'Windows'],
    [`${chrome} OPR/120.0`, 'Opera', 'Windows'],
    ['Mozilla/5.0 (Linux; Android 15) Chrome/141.0 Mobile Safari/537.36', 'Chrome', 'Android'],
    ['Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/120.0.0.0 Safari/537.36', 'Chrome', 'Linux'],
    ['curl/8.5.0', null, null],
    ['', null, null],
  ])('%s', (userAgent, product, system) => {
    expect(browserName(userAgent)).toEqual({ product, system });
  });

  it('of 300 characters that fit no pattern is told at once', () => {
    expect(browserName(`Version/${'1.'.repeat(146)}`)).toEqual({ product: null, system: null });
  });
});
