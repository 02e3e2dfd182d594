/** Carries out `sluice serve`: the list of downloads in a browser, until the process is told to stop. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createHost, defaultHostFolders, startWebServer } from '@sluice/host';
import type { ServeRequest } from './request.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import { Output } from '../list/output.ts';
import type { CliContext } from '../../cli-context.ts';
import { version } from '../../version.ts';

export async function runServe(request: ServeRequest, context: CliContext): Promise<ExitCode> {
  const output = new Output(context, request.output);
  const uiFolder = request.uiFolder ?? context.uiFolder;
  if (!existsSync(join(uiFolder, 'index.html'))) {
    return output.endWithUsageError({ kind: 'ui-missing', folder: uiFolder, given: request.uiFolder !== undefined });
  }
  try {
    await serve({ ...request, uiFolder }, output, context);
    return output.end(exitCodes.ok);
  } catch (error) {
    return output.endWithError(error);
  }
}

async function serve(
  request: ServeRequest & { readonly uiFolder: string },
  output: Output,
  context: CliContext,
): Promise<void> {
  const defaults = defaultHostFolders();
  const host = await createHost({
    dataFolder: request.dataFolder ?? defaults.dataFolder,
    downloadFolder: request.folder ?? defaults.downloadFolder,
    version,
  });
  for (const notice of host.notices) output.notice(notice);
  try {
    const server = await startWebServer({
      host,
      uiFolder: request.uiFolder,
      ...(request.port === undefined ? {} : { port: request.port }),
    });
    try {
      const url = await server.newLink();
      output.tell({ kind: 'serving', url });
      // It is what was asked for, however quietly.
      if (request.output !== 'json') context.out(`Sluice is at ${url}\n`);
      output.hint('That link signs in one browser, once, within 15 minutes. For another: sluice sessions --link');
      output.hint('Press Ctrl+C to stop; downloads resume next time.');
      await aborted(context.interrupted);
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
