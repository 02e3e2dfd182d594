/** `nativeTheme`: what the system prefers, what the application chose, and what pages therefore see. */
import { EventEmitter } from 'node:events';
import type { NativeTheme } from 'electron';
import type { CdpSession } from '../chromium/cdp-connection.ts';
import { handleCommand, observe, observedChanged } from './observed.ts';

type Source = NativeTheme['themeSource'];

const pages = new Set<CdpSession>();
let systemDark = false;

async function apply(page: CdpSession): Promise<void> {
  const value = nativeTheme.shouldUseDarkColors ? 'dark' : 'light';
  await page.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] });
}

class DoubleNativeTheme extends EventEmitter implements Pick<NativeTheme, 'shouldUseDarkColors' | 'themeSource'> {
  #source: Source = 'system';

  get themeSource(): Source {
    return this.#source;
  }

  set themeSource(source: Source) {
    const before = this.shouldUseDarkColors;
    this.#source = source;
    this.update(before);
  }

  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark' || (this.#source === 'system' && systemDark);
  }

  update(before: boolean): void {
    observedChanged();
    if (before === this.shouldUseDarkColors) return;
    for (const page of pages) void apply(page).catch(() => pages.delete(page));
    this.emit('updated');
  }
}

export const nativeTheme = new DoubleNativeTheme();

/** A page follows the theme from now on. */
export async function followTheme(page: CdpSession): Promise<void> {
  pages.add(page);
  await apply(page);
}

observe('themeSource', () => nativeTheme.themeSource);
handleCommand('theme.system', ({ dark }) => {
  const before = nativeTheme.shouldUseDarkColors;
  systemDark = dark;
  nativeTheme.update(before);
});
