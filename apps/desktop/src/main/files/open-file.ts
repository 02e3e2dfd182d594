/** Opens and shows downloaded files, by id. A file that could run is opened only after the person said so. */
import { open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { SluiceError, type DownloadId, type EngineApi } from '@sluice/contract';
import { dialog, shell, type BrowserWindow } from 'electron';
import { canRun } from './executables.ts';
import { text } from '../text.ts';

export interface FileOpener {
  openFile(id: DownloadId): Promise<void>;
  showInFolder(id: DownloadId): Promise<void>;
}

interface Options {
  readonly api: Pick<EngineApi, 'details'>;
  /** True for a download whose file is whole. */
  readonly isFinished: (id: DownloadId) => boolean;
  readonly window: () => BrowserWindow | undefined;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function isRunnable(path: string, name: string): Promise<boolean> {
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw new SluiceError('file-missing', 'the file is not there or may not be read', { facts: { name }, cause });
  });
  try {
    const { mode } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, 0);
    // Windows and folders mounted from it give every file the mode of a program.
    return canRun({ name, mode: process.platform === 'win32' ? 0 : mode, head: buffer.subarray(0, bytesRead) });
  } finally {
    await file.close();
  }
}

export function createFileOpener({ api, isFinished, window }: Options): FileOpener {
  async function mayRun(name: string): Promise<boolean> {
    const parent = window();
    const options = {
      type: 'warning' as const,
      message: text.openProgram(name),
      detail: text.openProgramDetail,
      buttons: [text.keepClosed, text.open],
      defaultId: 0,
      cancelId: 0,
    };
    const { response } = await (parent === undefined
      ? dialog.showMessageBox(options)
      : dialog.showMessageBox(parent, options));
    return response === 1;
  }

  return {
    async openFile(id) {
      const { path } = await api.details({ id });
      const name = path.slice(dirname(path).length).replace(/^[\\/]/, '');
      if (!isFinished(id))
        throw new SluiceError('request-invalid', 'the download is not finished', { facts: { name } });
      if ((await isRunnable(path, name)) && !(await mayRun(name))) return;
      const failure = await shell.openPath(path);
      if (failure !== '') throw new SluiceError('unsupported', failure, { facts: { name } });
    },
    async showInFolder(id) {
      const { path, partialPath } = await api.details({ id });
      const shown = [path, partialPath].filter((candidate) => candidate !== null);
      for (const candidate of shown) {
        if (!(await exists(candidate))) continue;
        shell.showItemInFolder(candidate);
        return;
      }
      if (!(await exists(dirname(path))))
        throw new SluiceError('folder-missing', undefined, { facts: { folder: dirname(path) } });
      await shell.openPath(dirname(path));
    },
  };
}
