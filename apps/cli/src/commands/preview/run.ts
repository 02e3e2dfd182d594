/** Carries out `--dry-run`: tells of each link what it would come to, and writes nothing. */
import { once } from 'node:events';
import { dirname } from 'node:path';
import { type EngineApi, errorToInfo, type NewDownload, type Preview, SluiceError } from '@sluice/contract';
import { createHost, defaultHostFolders, redactUrl } from '@sluice/host';
import type { GetRequest } from '../get/request.ts';
import { type ExitCode, exitCodeOf, exitCodes } from '../../exit-codes.ts';
import { loginsFrom } from '../get/add-links.ts';
import { sortByExistence } from '../get/present-files.ts';
import { readNetrc } from '../get/read-netrc.ts';
import type { AddRequest } from '../list/run-add.ts';
import { Output } from '../list/output.ts';
import { withList } from '../list/with-list.ts';
import { findQueue } from '../queue/find-queue.ts';
import { presentLine, rejectedLine } from '../../report/lines.ts';
import type { Rejection } from '../../report/reporter.ts';
import type { CliContext } from '../../cli-context.ts';
import { version } from '../../version.ts';
import { checkFolder } from './check-folder.ts';
import { isLeftOut, previewLine } from './preview-line.ts';

/** Servers asked at the same time when nothing is said. */
const usualAtOnce = 4;

export async function runGetPreview(request: GetRequest, context: CliContext): Promise<ExitCode> {
  const output = new Output(context, request.output);
  const { dataFolder } = defaultHostFolders();
  const host = await createHost({ dataFolder, downloadFolder: dataFolder, memory: true, version });
  try {
    const { skipsPresent, usesNetrc } = request;
    const { missing, present } = skipsPresent
      ? await sortByExistence(request.downloads)
      : { missing: request.downloads, present: [] };
    for (const file of present) {
      output.tell({ kind: 'skipped', ...file });
      output.say(presentLine(file, context.workingFolder));
    }
    const downloads = missing.map(loginsFrom(usesNetrc ? await readNetrc(context.environment) : ''));
    const atOnce = request.maxRunning ?? usualAtOnce;
    return output.end(await previewAll(host.api, { downloads, atOnce, skipsPresent }, { output, context }));
  } catch (error) {
    return output.endWithError(error);
  } finally {
    await host.close();
  }
}

export function runAddPreview(request: AddRequest, context: CliContext): Promise<ExitCode> {
  return withList({ ...request, isReadOnly: true }, context, async ({ api }, output) => {
    const queue = request.queue === null ? null : findQueue((await api.snapshot({})).queues, request.queue);
    if (queue?.kind === 'usage-error') return output.endWithUsageError(queue.usageError);
    const downloads = request.downloads.map(loginsFrom(request.usesNetrc ? await readNetrc(context.environment) : ''));
    const task = { downloads, atOnce: usualAtOnce, skipsPresent: false };
    return output.end(await previewAll(api, task, { output, context }));
  });
}

interface PreviewAllOptions {
  readonly downloads: readonly NewDownload[];
  readonly atOnce: number;
  readonly skipsPresent: boolean;
}

type Answer = { readonly kind: 'preview'; readonly preview: Preview } | ({ readonly kind: 'rejected' } & Rejection);

interface Hearer {
  readonly output: Output;
  readonly context: CliContext;
}

/** Of several that would fail, the first in the order of the links counts. */
async function previewAll(
  api: Pick<EngineApi, 'preview'>,
  { downloads, atOnce, skipsPresent }: PreviewAllOptions,
  { output, context }: Hearer,
): Promise<ExitCode> {
  const { interrupted, workingFolder } = context;
  const stopped = once(interrupted, 'abort').then(() => null);
  const folders = new Map<string, Promise<void>>();
  const taken = new Set<string>();
  let exitCode: ExitCode = exitCodes.ok;
  for (let start = 0; start < downloads.length; start += atOnce) {
    const some = downloads.slice(start, start + atOnce);
    const answers = interrupted.aborted
      ? null
      : await Promise.race([Promise.all(some.map((download) => previewOne(api, download, folders))), stopped]);
    if (answers === null) return exitCodes.interrupted;
    for (const [index, answer] of answers.entries()) {
      const url = some[index]?.url ?? '';
      if (answer.kind === 'rejected') {
        output.tell(answer);
        output.complain(rejectedLine(answer).replace(/^sluice: /, ''));
        if (exitCode === exitCodes.ok) exitCode = exitCodeOf(answer.error.code);
        continue;
      }
      const { preview } = answer;
      const options = { workingFolder, skipsPresent, isTaken: taken.has(preview.path) };
      if (preview.presentPath !== null && isLeftOut(preview, options)) {
        output.tell({ kind: 'skipped', url: redactUrl(url), path: preview.presentPath });
      } else {
        taken.add(preview.path);
        output.tell({ kind: 'preview', url: redactUrl(url), preview });
      }
      output.say(previewLine(preview, options));
    }
  }
  return exitCode;
}

async function previewOne(
  api: Pick<EngineApi, 'preview'>,
  download: NewDownload,
  folders: Map<string, Promise<void>>,
): Promise<Answer> {
  try {
    const check = (folder: string): Promise<void> => {
      const checked = folders.get(folder) ?? checkFolder(folder);
      folders.set(folder, checked);
      return checked;
    };
    if (download.folder !== undefined) await check(download.folder);
    const preview = await api.preview({ download });
    // Where nothing was said only the list knows the folder, and asking it about one would write there.
    if (download.folder === undefined) await check(dirname(preview.path));
    return { kind: 'preview', preview };
  } catch (error) {
    if (error instanceof SluiceError && error.code === 'disconnected') throw error;
    return { kind: 'rejected', url: redactUrl(download.url), error: errorToInfo(error) };
  }
}
