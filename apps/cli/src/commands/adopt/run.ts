/** Carries out `sluice adopt`: puts the partials of a folder on the list. */
import { lstat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import type { Params } from '@sluice/contract';
import { type ExitCode, exitCodeOf, exitCodes } from '../../exit-codes.ts';
import { explain } from '../../sentences.ts';
import type { CliContext } from '../../cli-context.ts';
import { cleanText } from '../../terminal/clean-text.ts';
import { hintAtRest, type ListRequest, withList } from '../list/with-list.ts';

export interface AdoptRequest extends ListRequest {
  /** Folders, or single files in them. */
  readonly paths: readonly string[];
  /** From where the one file came that is named; null when no link was given. */
  readonly link: { readonly url: string; readonly checksum?: string } | null;
  readonly start: boolean;
  readonly deleteKept: boolean;
}

/** What cannot be taken over keeps nothing else from it, and the first of them decides the exit code. */
export function runAdopt(request: AdoptRequest, context: CliContext): Promise<ExitCode> {
  return withList(request, context, async (host, output) => {
    const listed = new Set<string>();
    let adopted = 0;
    let needsLink = false;
    let exitCode: ExitCode = exitCodes.ok;
    for (const path of request.paths) {
      const place = await placeOf(resolve(context.workingFolder, path));
      const { start, deleteKept, link } = request;
      const { results } = await host.api.adopt({
        ...place,
        start,
        deleteKept,
        ...(link === null ? {} : { download: link }),
      });
      for (const result of results) {
        output.tell(result);
        if ('id' in result) listed.add(result.id);
        if (result.kind === 'deleted') output.hint(`Deleted: ${cleanText(result.fileName)}.`);
        if (result.kind === 'adopted') adopted += 1;
        if (result.kind !== 'rejected') continue;
        output.complain(`${cleanText(result.fileName)}: ${explain(result.error)}`);
        if (result.error.facts?.['needs'] === 'link') needsLink = true;
        if (exitCode === exitCodes.ok) exitCode = exitCodeOf(result.error.code);
      }
      if (results.length === 0) output.hint(`There is nothing unfinished in ${cleanText(place.folder)}.`);
    }
    if (needsLink) output.hint(linkHint);
    const { downloads } = await host.api.snapshot({});
    output.show(
      downloads.filter(({ id }) => listed.has(id)),
      downloads,
    );
    if (request.start && adopted > 0) hintAtRest(host, output);
    return output.end(exitCode);
  });
}

const linkHint =
  'A partial without its journal is compared with its link, and what is right is kept: sluice adopt --link URL FILE.';

/** A path that is not there is taken for a folder, so that the host says what is wrong with it. */
async function placeOf(path: string): Promise<Pick<Params<'adopt'>, 'folder' | 'name'>> {
  const facts = await lstat(path).catch(() => null);
  return facts === null || facts.isDirectory() ? { folder: path } : { folder: dirname(path), name: basename(path) };
}
