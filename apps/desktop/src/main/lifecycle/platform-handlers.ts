/** The platform services as the desktop provides them: clipboard, folder dialog, files, theme. */
import { clipboard, dialog, nativeTheme, type BrowserWindow } from 'electron';
import { maxClipboardLength, type PlatformHandlers } from '../../shared/platform-protocol.ts';
import type { FileOpener } from '../files/open-file.ts';
import { text } from '../text.ts';

export function createPlatformHandlers(files: FileOpener, window: () => BrowserWindow | undefined): PlatformHandlers {
  return {
    async copyText(params) {
      await clipboard.writeText(params.text);
      return {};
    },
    async readClipboardText() {
      return { text: (await clipboard.readText()).slice(0, maxClipboardLength) };
    },
    async chooseFolder({ current }) {
      const parent = window();
      const options = {
        title: text.chooseFolder,
        properties: ['openDirectory' as const, 'createDirectory' as const],
        ...(current === '' ? {} : { defaultPath: current }),
      };
      const { canceled, filePaths } = await (parent === undefined
        ? dialog.showOpenDialog(options)
        : dialog.showOpenDialog(parent, options));
      return { folder: canceled ? null : (filePaths[0] ?? null) };
    },
    async openFile({ id }) {
      await files.openFile(id);
      return {};
    },
    async showInFolder({ id }) {
      await files.showInFolder(id);
      return {};
    },
    async setTheme({ theme }) {
      nativeTheme.themeSource = theme;
      return {};
    },
  };
}
