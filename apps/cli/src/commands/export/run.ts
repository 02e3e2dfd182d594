/** Carries out `sluice export`. */
import { type ExportFormat, writeLinks } from '@sluice/formats';
import type { CliContext } from '../../cli-context.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import { quote } from '../../sentences.ts';
import type { SelectionRequest } from '../list/request.ts';
import { selectDownloads } from '../list/select-downloads.ts';
import { withList } from '../list/with-list.ts';

export type ExportRequest = SelectionRequest & { readonly format: ExportFormat; readonly withSecrets: boolean };

export function runExport(request: ExportRequest, context: CliContext): Promise<ExitCode> {
  return withList(request, context, async ({ api }, output) => {
    const selected = selectDownloads((await api.snapshot({})).downloads, request.selection);
    if (selected.kind === 'usage-error') return output.endWithUsageError(selected.usageError);
    const ids = selected.value.map(({ id }) => id);
    const { withSecrets } = request;
    const { downloads } = ids.length === 0 ? { downloads: [] } : await api.exportList({ ids, withSecrets });
    const { text, leftOut } = writeLinks(downloads, request.format);
    context.out(text);
    const advice = withSecrets ? '--format json' : '--with-secrets, and --format json or curl';
    for (const link of leftOut) output.complain(`${quote(link)} sends a form and was left out. Use ${advice}.`);
    return output.end(exitCodes.ok);
  });
}
