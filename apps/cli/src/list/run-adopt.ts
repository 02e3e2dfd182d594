/** Carries out `sluice adopt`: puts the partials of a folder on the list. */
import { resolve } from 'node:path';
import { type ExitCode, exitCodeOf, exitCodes } from '../exit-codes.ts';
import { explain } from '../sentences.ts';
import type { Surroundings } from '../surroundings.ts';
import { cleanText } from '../terminal/clean-text.ts';
import { hintAtRest, type ListRequest, withList } from './with-list.ts';

export interface AdoptRequest extends ListRequest {
  readonly folders: readonly string[];
  readonly start: boolean;
  readonly deleteKept: boolean;
}

/** What cannot be taken over keeps nothing else from it, and the first of them decides the exit code. */
export function runAdopt(request: AdoptRequest, surroundings: Surroundings): Promise<ExitCode> {
  return withList(request, surroundings, async (host, voice) => {
    const listed = new Set<string>();
    let adopted = 0;
    let exitCode: ExitCode = exitCodes.ok;
    for (const path of request.folders) {
      const folder = resolve(surroundings.workingFolder, path);
      const { results } = await host.api.adopt({ folder, start: request.start, deleteKept: request.deleteKept });
      for (const result of results) {
        voice.tell(result);
        if ('id' in result) listed.add(result.id);
        if (result.kind === 'deleted') voice.hint(`Deleted: ${cleanText(result.fileName)}.`);
        if (result.kind === 'adopted') adopted += 1;
        if (result.kind !== 'rejected') continue;
        voice.complain(`${cleanText(result.fileName)}: ${explain(result.error)}`);
        if (exitCode === exitCodes.ok) exitCode = exitCodeOf(result.error.code);
      }
      if (results.length === 0) voice.hint(`There is nothing unfinished in ${cleanText(folder)}.`);
    }
    const { downloads } = await host.api.snapshot({});
    voice.show(
      downloads.filter(({ id }) => listed.has(id)),
      downloads,
    );
    if (request.start && adopted > 0) hintAtRest(host, voice);
    return voice.end(exitCode);
  });
}
