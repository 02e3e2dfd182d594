/** Carries out `sluice serve`: the list of downloads in a browser, until the process is told to stop. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createHost, defaultHostFolders, startWebServer } from '@sluice/host';
import type { ServeRequest } from './request.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import { Voice } from '../list/voice.ts';
import type { Surroundings } from '../../surroundings.ts';
import { version } from '../../version.ts';

export async function runServe(request: ServeRequest, surroundings: Surroundings): Promise<ExitCode> {
  const voice = new Voice(surroundings, request.output);
  const uiFolder = request.uiFolder ?? surroundings.uiFolder;
  if (!existsSync(join(uiFolder, 'index.html'))) {
    return voice.endWithMistake({ kind: 'ui-missing', folder: uiFolder, given: request.uiFolder !== undefined });
  }
  try {
    await serve({ ...request, uiFolder }, voice, surroundings);
    return voice.end(exitCodes.ok);
  } catch (error) {
    return voice.endWithError(error);
  }
}

async function serve(
  request: ServeRequest & { readonly uiFolder: string },
  voice: Voice,
  surroundings: Surroundings,
): Promise<void> {
  const defaults = defaultHostFolders();
  const host = await createHost({
    dataFolder: request.dataFolder ?? defaults.dataFolder,
    downloadFolder: request.folder ?? defaults.downloadFolder,
    version,
  });
  for (const notice of host.notices) voice.notice(notice);
  try {
    const server = await startWebServer({
      host,
      uiFolder: request.uiFolder,
      ...(request.port === undefined ? {} : { port: request.port }),
    });
    try {
      const url = await server.newLink();
      voice.tell({ kind: 'serving', url });
      // It is what was asked for, however quietly.
      if (request.output !== 'json') surroundings.out(`Sluice is at ${url}\n`);
      voice.hint('That link signs in one browser, once, within 15 minutes. For another: sluice sessions --link');
      voice.hint('Press Ctrl+C to stop; downloads go on next time.');
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
