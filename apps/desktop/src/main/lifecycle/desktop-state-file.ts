/** Keeps the desktop's own state in one small file. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseDesktopState, type DesktopState } from '../../shared/desktop-state.ts';

export interface DesktopStateFile {
  read(): DesktopState;
  /** Absent fields stay as they are. Never throws: a window that cannot be remembered is no reason to fail. */
  update(change: Partial<DesktopState>): void;
}

/** @param onError the state could not be written */
export function openDesktopState(path: string, onError: (error: unknown) => void): DesktopStateFile {
  let state = parseDesktopState(readText(path));
  return {
    read: () => state,
    update(change) {
      const next = { ...state, ...change };
      if (JSON.stringify(next) === JSON.stringify(state)) return;
      state = next;
      try {
        mkdirSync(dirname(path), { recursive: true });
        // Written beside and renamed: a crash leaves the old state or the new one.
        writeFileSync(`${path}.new`, JSON.stringify(state), { mode: 0o600 });
        renameSync(`${path}.new`, path);
      } catch (error) {
        onError(error);
      }
    },
  };
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
