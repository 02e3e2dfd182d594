/** Taking over unfinished files: what is asked, and what is said of each. */
import { screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { SluiceError } from '@sluice/contract';
import { oneOfEach } from '../download.ts';
import { openWindow, type OpenWindow } from './open-window.tsx';

async function openAdopt({ user }: OpenWindow): Promise<HTMLElement> {
  const toolbar = screen.getByRole('toolbar', { name: 'Main' });
  await user.click(within(toolbar).getByRole('button', { name: 'Adopt unfinished files…' }));
  return screen.getByRole('dialog', { name: 'Adopt unfinished files' });
}

describe('adopting', () => {
  it('says how many were taken, and which were not and why', async () => {
    const window = await openWindow();
    const { user, engine, services } = window;
    engine.answer('adopt', () => ({
      results: [
        { kind: 'adopted', fileName: 'one.iso', id: 'd1' },
        { kind: 'present', fileName: 'two.iso', id: 'd2' },
        { kind: 'rejected', fileName: 'three.iso', error: { code: 'file-busy' } },
      ],
    }));
    const dialog = await openAdopt(window);
    await user.keyboard('/old{Enter}');
    expect(
      await within(dialog).findByText(/^1 file was adopted\. 1 is on the list already\. 1 could not/u),
    ).toBeDefined();
    const refused = within(dialog).getByRole('list', { name: 'Files that were not adopted' });
    expect(within(refused).getByRole('listitem').textContent).toMatch(/^three\.iso.*\.$/u);
    expect(engine.callsOf('adopt')).toEqual([{ folder: '/old', start: true }]);
    expect(services.view.getState().selection.focused).toBe('d1');
    await user.click(within(dialog).getByRole('button', { name: 'Close' }));
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('looks into the download folder unless told otherwise, and can leave them paused', async () => {
    const window = await openWindow([]);
    const dialog = await openAdopt(window);
    await window.user.click(within(dialog).getByRole('button', { name: 'Adopt paused' }));
    expect(await within(dialog).findByText('There are no unfinished files in this folder.')).toBeDefined();
    expect(window.engine.callsOf('adopt')).toEqual([{ folder: '/downloads', start: false }]);
  });

  it('takes the folder that was chosen, and tells what is wrong with it', async () => {
    const chooseFolder = vi.fn<(current: string) => Promise<string>>(() => Promise.resolve('/gone'));
    const window = await openWindow(oneOfEach(), { chooseFolder });
    window.engine.answer('adopt', () => Promise.reject(new SluiceError('folder-missing')));
    const dialog = await openAdopt(window);
    await window.user.click(within(dialog).getByRole('button', { name: 'Browse…' }));
    await window.user.click(within(dialog).getByRole('button', { name: 'Adopt' }));
    const status = await within(dialog).findByText(/folder/u, { selector: '.field-error' });
    expect(status.textContent).toMatch(/\.$/u);
    expect(window.engine.callsOf('adopt')).toEqual([{ folder: '/gone', start: true }]);
    // Another folder is another question.
    await window.user.type(within(dialog).getByRole('combobox', { name: 'Folder' }), 'x');
    expect(status.isConnected).toBe(false);
  });

  it('F135 asks for the link of a partial that lost its journal, and adopts it with that', async () => {
    const window = await openWindow();
    const { user, engine } = window;
    const name = 'four.iso.sluice-kept';
    const lost = { code: 'journal-unreadable', facts: { path: `/old/${name}`, needs: 'link' } } as const;
    engine.answer('adopt', ({ download }) => ({
      results: [
        download === undefined
          ? { kind: 'rejected', fileName: name, error: lost }
          : { kind: 'adopted', fileName: 'four.iso', id: 'd1' },
      ],
    }));
    const dialog = await openAdopt(window);
    await user.keyboard('/old{Enter}');
    await user.type(await within(dialog).findByRole('textbox', { name: `Link of ${name}` }), 'https://e.org/four.iso');
    await user.click(within(dialog).getByRole('button', { name: 'Adopt' }));
    expect(await within(dialog).findByText('1 file was adopted.')).toBeDefined();
    expect(engine.callsOf('adopt').at(-1)).toEqual({
      folder: '/old',
      name,
      download: { url: 'https://e.org/four.iso' },
      start: true,
    });
    expect(within(dialog).getByRole('button', { name: 'Close' })).toBeDefined();
  });
});
