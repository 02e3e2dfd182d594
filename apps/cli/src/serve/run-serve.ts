/** Carries out `sluice serve`: the list of downloads in a browser, until the process is told to stop. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { errorToInfo } from '@sluice/contract';
import { createHost, defaultHostFolders, startWebServer } from '@sluice/host';
import type { ServeRequest } from '../arguments/serve-request.ts';
import { type ExitCode, exitCodeOf, exitCodes } from '../exit-codes.ts';
import { explainMistake } from '../mistakes.ts';
import { explain, explainNotice } from '../sentences.ts';
import type { Surroundings } from '../surroundings.ts';
import { version } from '../version.ts';

export async function runServe(request: ServeRequest, surroundings: Surroundings): Promise<ExitCode> {
  const uiFolder = request.uiFolder ?? surroundings.uiFolder;
  if (!existsSync(join(uiFolder, 'index.html'))) {
    const given = request.uiFolder !== undefined;
    surroundings.error(`sluice: ${explainMistake({ kind: 'ui-missing', folder: uiFolder, given })}\n`);
    return exitCodes.usage;
  }
  try {
    await serve(request, uiFolder, surroundings);
    return exitCodes.ok;
  } catch (error) {
    const info = errorToInfo(error);
    surroundings.error(`sluice: ${explain(info)}\n`);
    return exitCodeOf(info.code);
  }
}

async function serve(request: ServeRequest, uiFolder: string, surroundings: Surroundings): Promise<void> {
  const defaults = defaultHostFolders();
  const host = await createHost({
    dataFolder: request.dataFolder ?? defaults.dataFolder,
    downloadFolder: request.folder ?? defaults.downloadFolder,
    version,
  });
  for (const notice of host.notices) surroundings.error(`sluice: ${explainNotice(notice)}\n`);
  try {
    const server = await startWebServer({
      host,
      uiFolder,
      ...(request.port === undefined ? {} : { port: request.port }),
    });
    try {
      surroundings.out(`Sluice is at ${server.url}\n`);
      surroundings.error('Anyone with that link can use it. Press Ctrl+C to stop; downloads go on next time.\n');
      await aborted(surroundings.interrupted);
    } finally {
      await server.close();
    }
  } finally {
    await host.close();
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (signal.aborted) resolve();
  signal.addEventListener('abort', () => resolve(), { once: true });
  return promise;
}
