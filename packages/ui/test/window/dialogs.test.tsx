/** Questions and settings: what they ask, and what their answers do. */
import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { SluiceError } from '@sluice/contract';
import { download, oneOfEach } from '../download.ts';
import { openWindow } from './open-window.tsx';

describe('removing', () => {
  it('takes rows off at once, and Undo brings them back', async () => {
    const { user, row, engine } = await openWindow();
    await user.click(row('d6.bin'));
    await user.keyboard('{Delete}');
    await user.click(within(screen.getByRole('alertdialog')).getByRole('button', { name: 'Remove' }));
    expect(screen.queryByRole('row', { name: 'd6.bin' })).toBeNull();
    await user.click(await screen.findByRole('button', { name: 'Undo' }));
    expect(row('d6.bin')).toBeDefined();
    expect(engine.callsOf('remove')).toEqual([]);
  });

  it('is undone by its key too', async () => {
    const { user, row } = await openWindow();
    await user.click(row('d6.bin'));
    await user.keyboard('{Delete}{Enter}');
    await screen.findByRole('button', { name: 'Undo' });
    await user.keyboard('{Control>}z{/Control}');
    expect(row('d6.bin')).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
  });

  it('deletes the file only when asked to, and then at once', async () => {
    const { user, row, engine } = await openWindow();
    await user.click(row('d6.bin'));
    await user.keyboard('{Delete}');
    await user.click(screen.getByRole('checkbox', { name: 'Also delete its file from the disk' }));
    expect(screen.getByText('2 kB will be deleted. This cannot be undone.')).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'Remove and delete' }));
    expect(engine.callsOf('remove')).toEqual([{ ids: ['d6'], deleteFile: true }]);
  });

  it('removes nothing on Keep or Escape', async () => {
    const { user, row, engine } = await openWindow();
    await user.click(row('d6.bin'));
    await user.keyboard('{Delete}');
    await user.click(screen.getByRole('button', { name: 'Keep' }));
    await user.keyboard('{Delete}');
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('alertdialog')).toBeNull();
    expect(row('d6.bin')).toBeDefined();
    expect(engine.callsOf('remove')).toEqual([]);
  });
});

describe('cancelling', () => {
  it('asks before fetched bytes go, and offers to pause instead', async () => {
    const { user, row, engine } = await openWindow();
    await user.click(row('d1.bin'));
    await user.click(within(row('d1.bin')).getByRole('button', { name: 'More actions for d1.bin' }));
    await user.click(screen.getByRole('menuitem', { name: /^Cancel/u }));
    expect(screen.getByRole('alertdialog').textContent).toContain('400 bytes already fetched will be deleted.');
    await user.click(screen.getByRole('button', { name: 'Pause instead' }));
    expect(engine.callsOf('cancel')).toEqual([]);
    expect(engine.callsOf('pause')).toEqual([{ ids: ['d1'] }]);
  });

  it('does not ask when there is nothing to lose', async () => {
    const { user, row, engine } = await openWindow();
    await user.click(within(row('d2.bin')).getByRole('button', { name: 'More actions for d2.bin' }));
    await user.click(screen.getByRole('menuitem', { name: /^Cancel/u }));
    expect(engine.callsOf('cancel')).toEqual([{ ids: ['d2'] }]);
  });
});

describe('a new link', () => {
  it('replaces an expired one', async () => {
    const { user, row, engine } = await openWindow();
    await user.click(within(row('d5.bin')).getByRole('button', { name: 'New link… d5.bin' }));
    await user.type(screen.getByRole('textbox', { name: 'New link' }), 'https://a.org/fresh');
    await user.click(screen.getByRole('button', { name: 'Continue from this link' }));
    expect(engine.callsOf('changeRequest')).toEqual([{ id: 'd5', url: 'https://a.org/fresh' }]);
  });

  it('says why it was not taken', async () => {
    const { user, row, engine } = await openWindow();
    engine.answer('changeRequest', () => Promise.reject(new SluiceError('already-listed')));
    await user.click(within(row('d5.bin')).getByRole('button', { name: 'New link… d5.bin' }));
    await user.type(screen.getByRole('textbox', { name: 'New link' }), 'nothing{Enter}');
    expect(screen.getByText('Give one link.')).toBeDefined();
    await user.clear(screen.getByRole('textbox', { name: 'New link' }));
    await user.type(screen.getByRole('textbox', { name: 'New link' }), 'https://a.org/1{Enter}');
    expect(await screen.findByText('This link is already on the list.')).toBeDefined();
  });
});

describe('a login', () => {
  it('is given to a download whose server asked for one, without a new link', async () => {
    const locked = download('d1', { state: { kind: 'failed', error: { code: 'http-unauthorized' } } });
    const { user, row, engine } = await openWindow([locked]);
    await user.click(within(row('d1.bin')).getByRole('button', { name: 'Sign in… d1.bin' }));
    await user.type(screen.getByRole('textbox', { name: 'User name' }), 'ann');
    await user.type(screen.getByLabelText('Password'), 'secret');
    await user.click(screen.getByRole('button', { name: 'Sign in and continue' }));
    expect(engine.callsOf('changeRequest')).toEqual([{ id: 'd1', request: { username: 'ann', password: 'secret' } }]);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('is not sent while something else is typed wrong', async () => {
    const locked = download('d1', { state: { kind: 'failed', error: { code: 'http-unauthorized' } } });
    const { user, row, engine } = await openWindow([locked]);
    await user.click(within(row('d1.bin')).getByRole('button', { name: 'Sign in… d1.bin' }));
    await user.type(screen.getByRole('textbox', { name: 'User name' }), 'ann');
    await user.type(screen.getByRole('textbox', { name: 'Other headers' }), 'X-Token');
    await user.click(screen.getByRole('button', { name: 'Sign in and continue' }));
    expect(screen.getByText('Write each line as Name: value.')).toBeDefined();
    expect(engine.callsOf('changeRequest')).toEqual([]);
  });
});

describe('F82 a page that came instead of a file', () => {
  const state = { kind: 'failed', error: { code: 'page-instead-of-file' } } as const;

  it('is saved anyway from the menu, for each one that is selected', async () => {
    const { user, row, engine } = await openWindow([download('d1', { state }), download('d2', { state })]);
    await user.click(row('d1.bin'));
    await user.keyboard('{Control>}a{/Control}');
    await user.click(within(row('d1.bin')).getByRole('button', { name: 'More actions for d1.bin' }));
    await user.click(screen.getByRole('menuitem', { name: 'Save the page anyway' }));
    const request = { acceptPage: true };
    expect(engine.callsOf('changeRequest')).toEqual([
      { id: 'd1', request },
      { id: 'd2', request },
    ]);
  });

  it('is saved anyway from the details, which offer it for nothing else', async () => {
    const { user, row, engine } = await openWindow([...oneOfEach(), download('d8', { state })]);
    await user.click(row('d5.bin'));
    await user.keyboard('i');
    expect(screen.queryByRole('button', { name: 'Save the page anyway' })).toBeNull();
    await user.click(row('d8.bin'));
    await user.click(await screen.findByRole('button', { name: 'Save the page anyway' }));
    expect(engine.callsOf('changeRequest')).toEqual([{ id: 'd8', request: { acceptPage: true } }]);
  });
});

describe('another folder', () => {
  it('adds the link again there, and drops the failed entry that has nothing', async () => {
    const stuck = download('d1', { state: { kind: 'failed', error: { code: 'folder-missing' } } });
    const { user, row, engine } = await openWindow([stuck]);
    await user.click(within(row('d1.bin')).getByRole('button', { name: 'Change folder… d1.bin' }));
    await user.type(screen.getByRole('combobox', { name: 'Folder' }), '/other');
    await user.click(screen.getByRole('button', { name: 'Download' }));
    expect(engine.callsOf('add')).toEqual([{ downloads: [{ url: stuck.url, folder: '/other' }], start: true }]);
    expect(engine.callsOf('remove')).toEqual([{ ids: ['d1'], deleteFile: false }]);
  });

  it('keeps the failed entry that has fetched something', async () => {
    const stuck = download('d1', { receivedBytes: 5, state: { kind: 'failed', error: { code: 'folder-missing' } } });
    const { user, row, engine } = await openWindow([stuck]);
    await user.click(within(row('d1.bin')).getByRole('button', { name: 'Change folder… d1.bin' }));
    await user.click(screen.getByRole('button', { name: 'Download' }));
    expect(engine.callsOf('add')).toHaveLength(1);
    expect(engine.callsOf('remove')).toEqual([]);
  });
});

describe('limits', () => {
  it('are set for all of the selection', async () => {
    const { user, row, engine } = await openWindow();
    await user.click(row('d1.bin'));
    await user.keyboard('{Shift>}{ArrowDown}{/Shift}');
    await user.click(
      within(screen.getByRole('toolbar', { name: 'Selection' })).getByRole('button', { name: 'Limits…' }),
    );
    const dialog = screen.getByRole('dialog', { name: 'Limits for 2 downloads' });
    await user.clear(within(dialog).getByRole('textbox', { name: 'Speed limit' }));
    await user.type(within(dialog).getByRole('textbox', { name: 'Speed limit' }), '2.5{Tab}');
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    // What nobody touched is left to each of them.
    expect(engine.callsOf('setLimits')).toEqual([{ ids: ['d1', 'd2'], speedLimitBytesPerSecond: 2_500_000 }]);
  });

  it('are blank where the selection differs, so that whatever is entered is set for all', async () => {
    const { user, row, engine } = await openWindow([
      download('d1', { maxConnections: 3, maxAttempts: 3 }),
      download('d2', { speedLimitBytesPerSecond: 1_000_000 }),
    ]);
    await user.click(row('d1.bin'));
    await user.keyboard('{Shift>}{ArrowDown}{/Shift}');
    await user.click(
      within(screen.getByRole('toolbar', { name: 'Selection' })).getByRole('button', { name: 'Limits…' }),
    );
    const field = (name: string) => screen.getByRole('textbox', { name });
    expect(field('Speed limit')).toHaveProperty('value', '');
    expect(field('Connections, at most')).toHaveProperty('value', '');
    expect(screen.queryByRole('textbox', { name: 'Failed attempts in a row' })).toBeNull();
    await user.type(field('Connections, at most'), '3{Tab}');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(engine.callsOf('setLimits')).toEqual([{ ids: ['d1', 'd2'], maxConnections: 3 }]);
  });

  it('say after how many failed attempts one gives up', async () => {
    const { user, row, engine } = await openWindow([download('d1', { maxAttempts: 3 })]);
    const open = async () => {
      await user.click(within(row('d1.bin')).getByRole('button', { name: 'More actions for d1.bin' }));
      await user.click(screen.getByRole('menuitem', { name: 'Limits…' }));
    };
    const attempts = () => screen.queryByRole('textbox', { name: 'Failed attempts in a row' });
    const choose = async (choice: string) => {
      await user.click(screen.getByRole('button', { name: /Give up$/u }));
      await user.click(screen.getByRole('option', { name: choice }));
    };
    await open();
    expect(attempts()).toHaveProperty('value', '3');
    await choose('As in the settings');
    expect(attempts()).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await open();
    await choose('Never');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await open();
    await choose('Never');
    await choose('After this many:');
    expect(attempts()).toHaveProperty('value', '25');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await open();
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(engine.callsOf('setLimits')).toEqual([
      { ids: ['d1'], maxAttempts: null },
      { ids: ['d1'], maxAttempts: 0 },
      { ids: ['d1'], maxAttempts: 25 },
    ]);
  });
});

describe('item 6: settings say how passwords are stored', () => {
  const openSettings = async (abilities: Parameters<typeof openWindow>[1]) => {
    const { user } = await openWindow([], abilities);
    await user.click(screen.getByRole('button', { name: 'Settings' }));
  };

  it.each([
    ['a server', { kind: 'browser', os: 'win32' }, /on the server\..*encrypted disk/u],
    ['Linux', { kind: 'desktop', os: 'linux' }, /on this system\..*keyring/u],
    ['another system', { kind: 'desktop', os: 'win32' }, /on this system\..*encryption of the disk/u],
  ] as const)('without encryption on %s, and what to do', async (_, place, text) => {
    await openSettings({ ...place, secretStorage: 'plain' });
    expect(screen.getByRole('region', { name: 'Passwords' }).textContent).toMatch(text);
  });

  it('and nothing where they are encrypted', async () => {
    await openSettings({ secretStorage: 'encrypted' });
    expect(screen.getByRole('dialog')).toBeDefined();
    expect(screen.queryByText(/without encryption/u)).toBeNull();
  });
});

describe('settings', () => {
  it('take effect when they are changed', async () => {
    const { user, engine } = await openWindow(oneOfEach(), { hasTray: true });
    await user.click(screen.getByRole('button', { name: 'Settings' }));
    await user.click(screen.getByRole('radio', { name: 'Dark' }));
    await user.click(screen.getByRole('switch', { name: 'Keep running in the tray when the window is closed' }));
    const running = screen.getByRole('textbox', { name: 'Downloads at the same time' });
    await user.clear(running);
    await user.type(running, '7{Tab}');
    expect(engine.callsOf('writeSettings')).toEqual([
      { theme: 'dark' },
      { keepRunningInTray: false },
      { maxRunning: 7 },
    ]);
  });

  it('limit one server once it is named', async () => {
    const { user, engine } = await openWindow();
    await user.click(screen.getByRole('button', { name: 'Settings' }));
    await user.click(screen.getByRole('button', { name: 'Limits for one server' }));
    expect(engine.callsOf('writeSettings')).toEqual([]);
    await user.type(screen.getByRole('textbox', { name: 'Server' }), 'https://slow.org:8080/x');
    await user.click(screen.getByRole('textbox', { name: 'Connections, at most' }));
    const limit = { host: 'slow.org:8080', maxConnections: 0, speedLimitBytesPerSecond: 0 };
    expect(engine.callsOf('writeSettings')).toEqual([{ hostLimits: [limit] }]);
    await user.clear(screen.getByRole('textbox', { name: 'Connections, at most' }));
    await user.type(screen.getByRole('textbox', { name: 'Connections, at most' }), '2{Tab}');
    expect(engine.callsOf('writeSettings').at(-1)).toEqual({ hostLimits: [{ ...limit, maxConnections: 2 }] });
    await user.click(screen.getByRole('button', { name: /^Remove the limits of/u }));
    expect(engine.callsOf('writeSettings').at(-1)).toEqual({ hostLimits: [] });
  });

  it('show waits in seconds and keep them in milliseconds', async () => {
    const { user, engine } = await openWindow();
    await user.click(screen.getByRole('button', { name: 'Settings' }));
    const silence = screen.getByRole('textbox', { name: 'Idle timeout, seconds' });
    expect(silence).toHaveProperty('value', '30');
    await user.clear(silence);
    await user.type(silence, '90{Tab}');
    expect(engine.callsOf('writeSettings')).toEqual([{ idleTimeoutMs: 90_000 }]);
  });

  it('show only what the platform has', async () => {
    const { user } = await openWindow();
    await user.click(screen.getByRole('button', { name: 'Settings' }));
    expect(screen.queryByRole('switch', { name: /tray|notify/i })).toBeNull();
  });

  it('choose the theme of the page', async () => {
    const { services, emit } = await openWindow();
    expect(document.documentElement.dataset['theme']).toBe('system');
    await emit({ settings: { ...services.replica.getState().settings, theme: 'light' } });
    expect(document.documentElement.dataset['theme']).toBe('light');
  });

  it('the speed limit is one click away', async () => {
    const { user, engine } = await openWindow();
    await user.click(screen.getByRole('button', { name: 'Speed limit: No limit' }));
    await user.click(screen.getByRole('menuitemradio', { name: '2 MB/s' }));
    expect(engine.callsOf('writeSettings')).toEqual([{ speedLimitBytesPerSecond: 2_000_000 }]);
  });
});

describe('help', () => {
  it('opens by its key and closes by Escape', async () => {
    const { user } = await openWindow();
    await user.keyboard('?');
    expect(screen.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeDefined();
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});
