/** What is remembered between starts survives nonsense in its file, and a disk that refuses. */
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openDesktopState } from '../../src/main/lifecycle/desktop-state-file.ts';
import { parseDesktopState } from '../../src/shared/desktop-state.ts';
import { temporaryFolder } from '../launch.ts';

const fresh = { bounds: null, maximized: false, toldAboutTray: false };

function fail(error: unknown): never {
  throw error;
}

describe('the state of the desktop', () => {
  test.for([
    '',
    'null',
    '[]',
    '{"bounds":7}',
    '{"bounds":{"x":1e9,"y":0,"width":10,"height":10}}',
    '{"bounds":{"x":0,"y":0,"width":-1,"height":10}}',
    '{"maximized":"yes"}',
    '\u0000\u0000',
  ])('is fresh after %j', (text) => {
    expect(parseDesktopState(text)).toEqual(fresh);
  });

  test('keeps what it knows of an older or newer file', () => {
    expect(parseDesktopState('{"maximized":true,"future":1}')).toEqual({ ...fresh, maximized: true });
  });

  test('is read back as written, private to the user', () => {
    const path = join(temporaryFolder(), 'deeper', 'state.json');
    const bounds = { x: 1, y: 2, width: 300, height: 400 };
    openDesktopState(path, fail).update({ bounds });
    expect(openDesktopState(path, fail).read()).toEqual({ ...fresh, bounds });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(existsSync(`${path}.new`)).toBe(false);
  });

  test('is not written when nothing changed', () => {
    const path = join(temporaryFolder(), 'state.json');
    openDesktopState(path, fail).update({ maximized: false });
    expect(existsSync(path)).toBe(false);
  });

  test('cannot be written: says so, and goes on', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'state.json');
    // A folder stands where the new file would be written.
    mkdirSync(`${path}.new`);
    writeFileSync(path, '{"maximized":true}');
    chmodSync(path, 0o600);
    const errors: unknown[] = [];
    const state = openDesktopState(path, (error) => errors.push(error));
    state.update({ toldAboutTray: true });
    expect(errors).toHaveLength(1);
    expect(state.read()).toEqual({ ...fresh, maximized: true, toldAboutTray: true });
    expect(readFileSync(path, 'utf8')).toBe('{"maximized":true}');
  });
});
