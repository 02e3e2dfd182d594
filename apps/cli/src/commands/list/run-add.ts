/** Carries out `sluice add`: puts links on the list of the host that runs, or of the next one. */
import type { NewDownload } from '@sluice/contract';
import { type ExitCode, exitCodeOf, exitCodes } from '../../exit-codes.ts';
import { loginsFrom } from '../get/add-links.ts';
import { readNetrc } from '../get/read-netrc.ts';
import { findQueue } from '../queue/find-queue.ts';
import { hintAtClosed } from '../queue/hint-at-closed.ts';
import { rejectedLine } from '../../report/lines.ts';
import type { CliContext } from '../../cli-context.ts';
import { hintAtRest, type ListRequest, withList } from './with-list.ts';

export interface AddRequest extends ListRequest {
  readonly downloads: readonly NewDownload[];
  readonly usesNetrc: boolean;
  readonly start: boolean;
  /** A name or an id; null is the main one. */
  readonly queue: string | null;
}

/** All or none: of a list that holds a link which cannot be fetched, nothing is left behind. */
export function runAdd(request: AddRequest, context: CliContext): Promise<ExitCode> {
  return withList(request, context, async (host, output) => {
    const { api } = host;
    const netrc = request.usesNetrc ? await readNetrc(context.environment) : '';
    const queue = request.queue === null ? null : findQueue((await api.snapshot({})).queues, request.queue);
    if (queue?.kind === 'usage-error') return output.endWithUsageError(queue.usageError);
    const place = queue === null ? {} : { queueId: queue.value.id };
    const asked = request.downloads.map(loginsFrom(netrc)).map((download) => ({ ...download, ...place }));
    // Paused, so that none starts that is taken back.
    const { results } = await api.add({ downloads: asked, start: false });
    const added = results.flatMap((result) => (result.kind === 'added' ? result.id : []));
    const rejected = results.find((result) => result.kind === 'rejected');
    if (rejected !== undefined) {
      if (added.length > 0) await api.remove({ ids: added, deleteFile: false });
      for (const result of results) {
        if (result.kind !== 'rejected') continue;
        output.tell(result);
        output.complain(rejectedLine(result).replace(/^sluice: /, ''));
      }
      return output.end(exitCodeOf(rejected.error.code));
    }
    if (request.start && added.length > 0) await api.resume({ ids: added });
    for (const result of results) output.tell(result);
    const after = await api.snapshot({});
    const { downloads } = after;
    const taken = new Set(results.flatMap((result) => (result.kind === 'rejected' ? [] : result.id)));
    output.show(
      downloads.filter(({ id }) => taken.has(id)),
      downloads,
    );
    const present = results.length - added.length;
    if (present > 0)
      output.hint(present === 1 ? 'One was on the list already.' : `${present} were on the list already.`);
    if (request.start && added.length > 0) {
      hintAtClosed(after, taken, output);
      hintAtRest(host, output);
    }
    return output.end(exitCodes.ok);
  });
}
