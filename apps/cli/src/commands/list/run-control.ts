/** Carries out `sluice pause`, `resume`, `retry`, `changed` and `rm`. */
import type { ChangeChoice, DownloadView } from '@sluice/contract';
import type { SelectionRequest } from './request.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import { hintAtClosed } from '../queue/hint-at-closed.ts';
import type { CliContext } from '../../cli-context.ts';
import { cleanText } from '../../terminal/clean-text.ts';
import { selectDownloads } from './select-downloads.ts';
import type { Output } from './output.ts';
import { hintAtRest, withList } from './with-list.ts';

export type Control =
  | { readonly kind: 'pause' | 'resume' | 'retry' }
  | { readonly kind: 'remove'; readonly deleteFile: boolean }
  /** What to do about files that have changed on the server. */
  | { readonly kind: 'changed'; readonly choice: ChangeChoice };

export interface ControlRequest extends SelectionRequest {
  readonly control: Control;
}

export function runControl(request: ControlRequest, context: CliContext): Promise<ExitCode> {
  const { control } = request;
  return withList(request, context, async (host, output) => {
    const { api } = host;
    const { downloads } = await api.snapshot({});
    const selected = selectDownloads(downloads, request.selection);
    if (selected.kind === 'usage-error') return output.endWithUsageError(selected.usageError);
    const ids = selected.value.map(({ id }) => id);
    if (ids.length === 0) {
      output.hint('There is none on the list that is meant.');
      return output.end(exitCodes.ok);
    }
    if (control.kind === 'remove') {
      await api.remove({ ids, deleteFile: control.deleteFile });
      tellRemoved(selected.value, output);
      return output.end(exitCodes.ok);
    }
    const added =
      control.kind === 'changed'
        ? (await api.resolveChanged({ ids, choice: control.choice })).added
        : (await api[control.kind]({ ids }), []);
    const after = await api.snapshot({});
    const meant = new Set([...ids, ...added]);
    output.show(
      after.downloads.filter(({ id }) => meant.has(id)),
      after.downloads,
    );
    if (control.kind !== 'pause') {
      hintAtClosed(after, meant, output);
      hintAtRest(host, output);
    }
    return output.end(exitCodes.ok);
  });
}

function tellRemoved(downloads: readonly DownloadView[], output: Output): void {
  for (const { id, name } of downloads) {
    output.say(`removed ${cleanText(name)}`);
    output.tell({ kind: 'removed', id });
  }
}
