/** Carries out `sluice pause`, `resume`, `retry`, `changed` and `rm`. */
import type { ChangeChoice, DownloadView } from '@sluice/contract';
import type { SelectionRequest } from './request.ts';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import { hintAtClosed } from '../queue/hint-at-closed.ts';
import type { Surroundings } from '../../surroundings.ts';
import { cleanText } from '../../terminal/clean-text.ts';
import { selectDownloads } from './select-downloads.ts';
import type { Voice } from './voice.ts';
import { hintAtRest, withList } from './with-list.ts';

export type Control =
  | { readonly kind: 'pause' | 'resume' | 'retry' }
  | { readonly kind: 'remove'; readonly deleteFile: boolean }
  /** What to do about files that have changed on the server. */
  | { readonly kind: 'changed'; readonly choice: ChangeChoice };

export interface ControlRequest extends SelectionRequest {
  readonly control: Control;
}

export function runControl(request: ControlRequest, surroundings: Surroundings): Promise<ExitCode> {
  const { control } = request;
  return withList(request, surroundings, async (host, voice) => {
    const { api } = host;
    const { downloads } = await api.snapshot({});
    const selected = selectDownloads(downloads, request.selection);
    if (selected.kind === 'mistake') return voice.endWithMistake(selected.mistake);
    const ids = selected.value.map(({ id }) => id);
    if (ids.length === 0) {
      voice.hint('There is none on the list that is meant.');
      return voice.end(exitCodes.ok);
    }
    if (control.kind === 'remove') {
      await api.remove({ ids, deleteFile: control.deleteFile });
      tellRemoved(selected.value, voice);
      return voice.end(exitCodes.ok);
    }
    const added =
      control.kind === 'changed'
        ? (await api.resolveChanged({ ids, choice: control.choice })).added
        : (await api[control.kind]({ ids }), []);
    const after = await api.snapshot({});
    const meant = new Set([...ids, ...added]);
    voice.show(
      after.downloads.filter(({ id }) => meant.has(id)),
      after.downloads,
    );
    if (control.kind !== 'pause') {
      hintAtClosed(after, meant, voice);
      hintAtRest(host, voice);
    }
    return voice.end(exitCodes.ok);
  });
}

function tellRemoved(downloads: readonly DownloadView[], voice: Voice): void {
  for (const { id, name } of downloads) {
    voice.say(`removed ${cleanText(name)}`);
    voice.tell({ kind: 'removed', id });
  }
}
