/** Carries out `sluice ls`. */
import type { SelectionRequest } from './request.ts';
import { type ExitCode, exitCodeOf, exitCodes } from '../../exit-codes.ts';
import { explain } from '../../sentences.ts';
import type { Surroundings } from '../../surroundings.ts';
import { selectDownloads } from './select-downloads.ts';
import { withList } from './with-list.ts';

export function runLs(request: SelectionRequest, surroundings: Surroundings): Promise<ExitCode> {
  return withList(request, surroundings, async ({ api }, voice) => {
    const { downloads, unsaved } = await api.snapshot({});
    if (unsaved !== undefined) voice.complain(explain(unsaved));
    const selected = selectDownloads(downloads, request.selection);
    if (selected.kind === 'mistake') return voice.endWithMistake(selected.mistake);
    voice.show(selected.value, downloads);
    if (selected.value.length === 0)
      voice.hint(downloads.length === 0 ? 'The list is empty.' : 'None is in that state.');
    return unsaved === undefined ? voice.end(exitCodes.ok) : voice.end(exitCodeOf(unsaved.code), unsaved);
  });
}
