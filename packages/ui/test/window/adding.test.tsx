/** Adding: the dialog, pasting, dropping, and links handed over by the host. */
import { act, fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { PlatformServices } from '../../src/index.ts';
import { download } from '../download.ts';
import { openWindow } from './open-window.tsx';

function linksField(): HTMLTextAreaElement {
  return screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Links' });
}

function paste(text: string): void {
  const clipboardData = { getData: () => text };
  const event = Object.assign(new Event('paste', { bubbles: true, cancelable: true }), { clipboardData });
  act(() => void document.body.dispatchEvent(event));
}

describe('the Add dialog', () => {
  it('adds what was typed, where and how it was said', async () => {
    const { user, engine } = await openWindow([]);
    await user.keyboard('n');
    await user.click(linksField());
    await user.paste('https://a.org/x.zip');
    await user.type(screen.getByRole('textbox', { name: 'File name' }), 'm.zip');
    await user.type(screen.getByRole('textbox', { name: 'Checksum' }), 'abcd');
    await user.type(screen.getByRole('combobox', { name: 'Folder' }), '/else');
    await user.click(screen.getByRole('button', { name: 'Download' }));
    // F108: said at the field, and nothing is sent or lost.
    expect(screen.getByText(/^Give the hex digits of an MD5, SHA-1 or SHA-2 checksum/u)).toBeDefined();
    expect(engine.callsOf('add')).toEqual([]);
    const checksum = 'd41d8cd98f00b204e9800998ecf8427e';
    await user.clear(screen.getByRole('textbox', { name: 'Checksum' }));
    await user.type(screen.getByRole('textbox', { name: 'Checksum' }), checksum);
    await user.click(screen.getByRole('button', { name: 'Download' }));
    expect(engine.callsOf('add')).toEqual([
      {
        downloads: [{ url: 'https://a.org/x.zip', folder: '/else', name: 'm.zip', checksum }],
        start: true,
      },
    ]);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('shows links as rows: looked up, renamed, chosen', async () => {
    const { user, engine } = await openWindow([download('d1', { url: 'https://a.org/old.zip' })]);
    engine.answer('preview', ({ download: { url } }) => ({
      path: `/d/${url.endsWith('new.zip') ? 'real name.zip' : 'other.zip'}`,
      sizeBytes: 2_000_000,
      resumable: false,
      receivedBytes: 0,
      isInUse: false,
      presentPath: null,
      isAsked: true,
      contentType: 'application/zip',
      isKept: true,
    }));
    paste('https://a.org/new.zip\nhttps://b.org/two.zip\nhttps://a.org/old.zip');
    const table = screen.getByRole('table', { name: 'Links to add' });
    expect(await within(table).findByDisplayValue('real name.zip')).toBeDefined();
    expect(within(table).getAllByText('Cannot continue after a break')).toHaveLength(2);
    expect(within(table).getByText('Already on the list')).toBeDefined();
    expect(screen.getByText('4 MB in all')).toBeDefined();
    // What is on the list is not asked for, nor chosen.
    expect(engine.callsOf('preview').map(({ download: { url } }) => url)).toEqual([
      'https://a.org/new.zip',
      'https://b.org/two.zip',
    ]);
    await user.click(within(table).getByRole('checkbox', { name: 'Add other.zip' }));
    const name = within(table).getByRole('textbox', { name: 'Name of https://a.org/new.zip' });
    await user.clear(name);
    await user.type(name, 'mine.zip');
    expect(screen.getByText('1 chosen')).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'Download' }));
    expect(engine.callsOf('add')).toEqual([
      { downloads: [{ url: 'https://a.org/new.zip', name: 'mine.zip' }], start: true },
    ]);
  });

  it('starts what was pasted by Enter, and begins another line in what is typed', async () => {
    const { user, engine } = await openWindow([]);
    paste('https://a.org/pasted');
    await user.keyboard('{Enter}');
    expect(engine.callsOf('add')).toEqual([{ downloads: [{ url: 'https://a.org/pasted' }], start: true }]);
    expect(screen.queryByRole('dialog')).toBeNull();
    paste('https://a.org/1');
    await user.keyboard('{Shift>}{Enter}{/Shift}');
    await user.paste('https://a.org/2');
    await user.keyboard('{Enter}');
    await user.paste('https://a.org/3');
    expect(linksField().value.split('\n')).toHaveLength(3);
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(engine.callsOf('add').at(-1)?.downloads).toHaveLength(3);
  });

  it('adds what was said of how to ask', async () => {
    const { user, engine } = await openWindow([]);
    await user.keyboard('n');
    await user.click(linksField());
    await user.paste('https://a.org/x.zip');
    await user.click(screen.getByRole('button', { name: 'Sign-in, cookies, proxy, mirrors and more' }));
    await user.click(screen.getByRole('textbox', { name: 'User name' }));
    await user.paste('ann');
    await user.click(screen.getByRole('button', { name: /Backend$/u }));
    await user.click(screen.getByRole('option', { name: 'curl (system)' }));
    await user.click(screen.getByRole('textbox', { name: 'Other headers' }));
    await user.paste('X-Token 1');
    await user.click(screen.getByRole('button', { name: 'Download' }));
    expect(screen.getByText('Write each line as Name: value.')).toBeDefined();
    await user.clear(screen.getByRole('textbox', { name: 'Other headers' }));
    await user.paste('X-Token: 1');
    await user.click(screen.getByRole('button', { name: 'Download' }));
    expect(engine.callsOf('add')).toEqual([
      {
        downloads: [
          {
            url: 'https://a.org/x.zip',
            headers: { 'X-Token': '1' },
            request: { username: 'ann', backend: 'curl' },
          },
        ],
        start: true,
      },
    ]);
  });

  it('adds many, says what it folded, and flags what is no link', async () => {
    const { user, engine } = await openWindow([]);
    await user.click(screen.getByRole('button', { name: 'Add' }));
    await user.click(linksField());
    await user.paste('https://a.org/1\nhttps://a.org/2\nhttps://a.org/1\nhtps://a.org/3');
    expect(await screen.findByText('2 links')).toBeDefined();
    expect(await screen.findByText('1 duplicate ignored')).toBeDefined();
    const problems = screen.getByRole('list', { name: 'Lines that are not links' });
    expect(within(problems).getByRole('listitem').textContent).toContain('Did you mean “https:”?');
    expect(screen.queryByRole('textbox', { name: 'File name' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Add paused' }));
    expect(engine.callsOf('add')).toEqual([
      { downloads: [{ url: 'https://a.org/1' }, { url: 'https://a.org/2' }], start: false },
    ]);
    expect(await screen.findByText('2 downloads added.')).toBeDefined();
  });

  it('cannot add nothing', async () => {
    const { user } = await openWindow([]);
    await user.keyboard('n');
    await user.type(linksField(), 'not a link');
    expect(screen.getByRole('button', { name: 'Download' })).toHaveProperty('disabled', true);
  });

  it('keeps what the engine would not take, with the reason', async () => {
    const { user, engine } = await openWindow([]);
    engine.answer('add', ({ downloads }) => ({
      results: downloads.map(({ url }, index) =>
        index === 0 ? { kind: 'added', id: 'n' } : { kind: 'rejected', url, error: { code: 'url-unsupported' } },
      ),
    }));
    await user.keyboard('n');
    await user.click(linksField());
    await user.paste('https://a.org/1\nftp://a.org/2');
    await user.click(screen.getByRole('button', { name: 'Download 2 files' }));
    expect(await screen.findByText('Sluice cannot fetch this kind of link.')).toBeDefined();
    expect(linksField().value).toBe('ftp://a.org/2');
  });

  it('says so when the engine is gone, and loses nothing of what was typed', async () => {
    const { user, engine } = await openWindow([]);
    const { SluiceError } = await import('@sluice/contract');
    engine.answer('add', () => Promise.reject(new SluiceError('timeout')));
    await user.keyboard('n');
    await user.type(linksField(), 'https://a.org/1');
    await user.click(screen.getByRole('button', { name: 'Download' }));
    expect(await screen.findByText('This took too long. Try again.')).toBeDefined();
    expect(linksField().value).toBe('https://a.org/1');
  });

  it('warns of a folder that cannot be written', async () => {
    const { user, engine } = await openWindow([]);
    engine.answer('folderInfo', ({ folder }) => ({ folder, freeBytes: null, writable: false }));
    await user.keyboard('n');
    expect(await screen.findByText('Sluice has no permission to write to this folder.')).toBeDefined();
  });

  it('shows the system chooser only where there is one', async () => {
    const { user } = await openWindow([], { chooseFolder: () => Promise.resolve('/chosen') });
    await user.keyboard('n');
    await user.click(screen.getByRole('button', { name: 'Browse…' }));
    expect(screen.getByRole('combobox', { name: 'Folder' })).toHaveProperty('value', '/chosen');
  });

  it('hides what the platform cannot do', async () => {
    const { user } = await openWindow([]);
    await user.keyboard('n');
    expect(screen.queryByRole('button', { name: 'Browse…' })).toBeNull();
  });

  it('offers the links on the clipboard that are not on the list yet', async () => {
    const text = 'https://example.org/d1.bin\nhttps://a.org/new';
    const { user } = await openWindow([download('d1')], { readClipboardText: () => Promise.resolve(text) });
    await user.keyboard('n');
    expect(linksField().value).toBe('https://a.org/new');
  });
});

describe('links from elsewhere', () => {
  it('pasted anywhere open the dialog', async () => {
    await openWindow([]);
    paste('look at https://a.org/1');
    expect(linksField().value).toBe('look at https://a.org/1');
  });

  it('pasted text without a link is not silently dropped', async () => {
    await openWindow([]);
    paste('hello');
    expect(await screen.findByText('There is no link in what you pasted.')).toBeDefined();
  });

  it('dropped anywhere open the dialog', async () => {
    await openWindow([]);
    const dataTransfer = {
      types: ['text/uri-list'],
      files: [],
      getData: (type: string) => (type === 'text/uri-list' ? 'https://a.org/1' : ''),
      dropEffect: 'none',
    };
    fireEvent.dragOver(document.body, { dataTransfer });
    expect(screen.getByText('Drop to add')).toBeDefined();
    fireEvent.drop(document.body, { dataTransfer });
    expect(await screen.findByRole('textbox', { name: 'Links' })).toHaveProperty('value', 'https://a.org/1');
    expect(screen.queryByText('Drop to add')).toBeNull();
  });

  it('handed over by the host join what is already typed', async () => {
    let handOver: (urls: readonly string[]) => void = () => undefined;
    const onOpenUrls: PlatformServices['onOpenUrls'] = (listener) => {
      handOver = listener;
      return () => undefined;
    };
    await openWindow([], { onOpenUrls });
    act(() => handOver(['https://a.org/1']));
    act(() => handOver(['https://a.org/2']));
    expect(linksField().value).toBe('https://a.org/1\nhttps://a.org/2');
  });
});
