/** Carries out `sluice ls`. */
import type { SelectionRequest } from './request.ts';
import { type ExitCode, exitCodeOf, exitCodes } from '../../exit-codes.ts';
import { explain } from '../../sentences.ts';
import type { CliContext } from '../../cli-context.ts';
import { selectDownloads } from './select-downloads.ts';
import { withList } from './with-list.ts';

export function runLs(request: SelectionRequest, context: CliContext): Promise<ExitCode> {
  return withList(request, context, async ({ api }, output) => {
    const { downloads, unsaved } = await api.snapshot({});
    if (unsaved !== undefined) output.complain(explain(unsaved));
    const selected = selectDownloads(downloads, request.selection);
    if (selected.kind === 'usage-error') return output.endWithUsageError(selected.usageError);
    output.show(selected.value, downloads);
    if (selected.value.length === 0)
      output.hint(downloads.length === 0 ? 'The list is empty.' : 'None is in that state.');
    return unsaved === undefined ? output.end(exitCodes.ok) : output.end(exitCodeOf(unsaved.code), unsaved);
  });
}
