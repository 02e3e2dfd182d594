/** The menu bar of each system. */
import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, test } from 'vitest';
import type { Actions } from '../../../src/main/actions.ts';
import { menuTemplate } from '../../../src/main/menus/menu-template.ts';

function recordingActions(): { actions: Actions; done: string[] } {
  const done: string[] = [];
  const names = ['show', 'addLinks', 'addFromClipboard', 'pauseAll', 'resumeAll', 'closeWindow', 'quit'] as const;
  const actions = Object.fromEntries(names.map((name) => [name, () => void done.push(name)])) as unknown as Actions;
  return { actions, done };
}

function itemsOf(template: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return template.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []));
}

describe('the menu bar', () => {
  test('has the system’s own menus on macOS, and no second way to quit', () => {
    const template = menuTemplate(recordingActions().actions, { platform: 'darwin', developer: false });
    expect(template.map(({ role, label }) => role ?? label)).toEqual([
      'appMenu',
      'File',
      'editMenu',
      'View',
      'windowMenu',
    ]);
    expect(itemsOf(template).map(({ label }) => label)).not.toContain('Quit Sluice');
  });

  test.for(['linux', 'win32'] as const)('can quit from the File menu on %s', (platform) => {
    const { actions, done } = recordingActions();
    const template = menuTemplate(actions, { platform, developer: false });
    expect(template.map(({ role, label }) => role ?? label)).toEqual(['File', 'editMenu', 'View', 'windowMenu']);
    for (const { click } of itemsOf(template)) (click as (() => void) | undefined)?.();
    expect(done).toEqual(['addLinks', 'addFromClipboard', 'pauseAll', 'resumeAll', 'closeWindow', 'quit']);
  });

  test('gives each accelerator once, and the page’s tools to developers only', () => {
    const { actions } = recordingActions();
    const accelerators = itemsOf(menuTemplate(actions, { platform: 'linux', developer: true })).flatMap(
      ({ accelerator }) => accelerator ?? [],
    );
    expect(new Set(accelerators).size).toBe(accelerators.length);
    const roles = (developer: boolean): unknown[] =>
      itemsOf(menuTemplate(actions, { platform: 'linux', developer })).map(({ role }) => role);
    expect(roles(true)).toContain('toggleDevTools');
    expect(roles(false)).not.toContain('toggleDevTools');
  });
});
