/** Carries out `--dry-run`: tells of each link what it would come to, and writes nothing. */
import { once } from 'node:events';
import { dirname } from 'node:path';
import { type EngineApi, errorToInfo, type NewDownload, type Preview, SluiceError } from '@sluice/contract';
import { createHost, defaultHostFolders, redactUrl } from '@sluice/host';
import type { GetRequest } from '../get/request.ts';
import { type ExitCode, exitCodeOf, exitCodes } from '../../exit-codes.ts';
import { loginsFrom } from '../get/add-links.ts';
import { sortByPresence } from '../get/present-files.ts';
import { readNetrc } from '../get/read-netrc.ts';
import type { AddRequest } from '../list/run-add.ts';
import { Voice } from '../list/voice.ts';
import { withList } from '../list/with-list.ts';
import { findQueue } from '../queue/find-queue.ts';
import { presentLine, rejectedLine } from '../../report/lines.ts';
import type { Rejection } from '../../report/reporter.ts';
import type { Surroundings } from '../../surroundings.ts';
import { version } from '../../version.ts';
import { checkFolder } from './check-folder.ts';
import { isLeftOut, previewLine } from './preview-line.ts';

/** Servers asked at the same time when nothing is said. */
const usualAtOnce = 4;

export async function runGetPreview(request: GetRequest, surroundings: Surroundings): Promise<ExitCode> {
  const voice = new Voice(surroundings, request.output);
  const { dataFolder } = defaultHostFolders();
  const host = await createHost({ dataFolder, downloadFolder: dataFolder, memory: true, version });
  try {
    const { skipsPresent, usesNetrc } = request;
    const { missing, present } = skipsPresent
      ? await sortByPresence(request.wishes)
      : { missing: request.wishes, present: [] };
    for (const file of present) {
      voice.tell({ kind: 'skipped', ...file });
      voice.say(presentLine(file, surroundings.workingFolder));
    }
    const wishes = missing.map(loginsFrom(usesNetrc ? await readNetrc(surroundings.environment) : ''));
    const atOnce = request.maxRunning ?? usualAtOnce;
    return voice.end(await previewAll(host.api, { wishes, atOnce, skipsPresent }, { voice, surroundings }));
  } catch (error) {
    return voice.endWithError(error);
  } finally {
    await host.close();
  }
}

export function runAddPreview(request: AddRequest, surroundings: Surroundings): Promise<ExitCode> {
  return withList({ ...request, onlyLooks: true }, surroundings, async ({ api }, voice) => {
    const queue = request.queue === null ? null : findQueue((await api.snapshot({})).queues, request.queue);
    if (queue?.kind === 'mistake') return voice.endWithMistake(queue.mistake);
    const wishes = request.wishes.map(loginsFrom(request.usesNetrc ? await readNetrc(surroundings.environment) : ''));
    const task = { wishes, atOnce: usualAtOnce, skipsPresent: false };
    return voice.end(await previewAll(api, task, { voice, surroundings }));
  });
}

interface PreviewTask {
  readonly wishes: readonly NewDownload[];
  readonly atOnce: number;
  readonly skipsPresent: boolean;
}

type Answer = { readonly kind: 'preview'; readonly preview: Preview } | ({ readonly kind: 'rejected' } & Rejection);

interface Hearer {
  readonly voice: Voice;
  readonly surroundings: Surroundings;
}

/** Of several that would fail, the first in the order of the links counts. */
async function previewAll(
  api: Pick<EngineApi, 'preview'>,
  { wishes, atOnce, skipsPresent }: PreviewTask,
  { voice, surroundings }: Hearer,
): Promise<ExitCode> {
  const { interrupted, workingFolder } = surroundings;
  const stopped = once(interrupted, 'abort').then(() => null);
  const folders = new Map<string, Promise<void>>();
  const taken = new Set<string>();
  let exitCode: ExitCode = exitCodes.ok;
  for (let start = 0; start < wishes.length; start += atOnce) {
    const some = wishes.slice(start, start + atOnce);
    const answers = interrupted.aborted
      ? null
      : await Promise.race([Promise.all(some.map((wish) => previewOne(api, wish, folders))), stopped]);
    if (answers === null) return exitCodes.interrupted;
    for (const [index, answer] of answers.entries()) {
      const url = some[index]?.url ?? '';
      if (answer.kind === 'rejected') {
        voice.tell(answer);
        voice.complain(rejectedLine(answer).replace(/^sluice: /, ''));
        if (exitCode === exitCodes.ok) exitCode = exitCodeOf(answer.error.code);
        continue;
      }
      const { preview } = answer;
      const options = { workingFolder, skipsPresent, isTaken: taken.has(preview.path) };
      if (preview.presentPath !== null && isLeftOut(preview, options)) {
        voice.tell({ kind: 'skipped', url: redactUrl(url), path: preview.presentPath });
      } else {
        taken.add(preview.path);
        voice.tell({ kind: 'preview', url: redactUrl(url), preview });
      }
      voice.say(previewLine(preview, options));
    }
  }
  return exitCode;
}

async function previewOne(
  api: Pick<EngineApi, 'preview'>,
  wish: NewDownload,
  folders: Map<string, Promise<void>>,
): Promise<Answer> {
  try {
    const check = (folder: string): Promise<void> => {
      const checked = folders.get(folder) ?? checkFolder(folder);
      folders.set(folder, checked);
      return checked;
    };
    if (wish.folder !== undefined) await check(wish.folder);
    const preview = await api.preview({ download: wish });
    // Where nothing was said only the list knows the folder, and asking it about one would write there.
    if (wish.folder === undefined) await check(dirname(preview.path));
    return { kind: 'preview', preview };
  } catch (error) {
    if (error instanceof SluiceError && error.code === 'disconnected') throw error;
    return { kind: 'rejected', url: redactUrl(wish.url), error: errorToInfo(error) };
  }
}
