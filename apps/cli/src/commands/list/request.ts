/** Turns the words of the commands about the list into requests that have been checked. */
import { resolve } from 'node:path';
import { type DownloadStateKind, downloadStateSchema } from '@sluice/contract';
import type { ListRequest } from './with-list.ts';
import type { Selection } from './select-downloads.ts';
import { outputForm } from '../get/request.ts';
import { mistaken, type Parsed } from '../../arguments/mistake.ts';

/** As commander hands them over. */
export interface ListWords {
  readonly dataFolder?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export interface SelectionWords extends ListWords {
  readonly all?: boolean;
  /** Names of states, separated by commas. */
  readonly state?: string;
}

export type SelectionRequest = ListRequest & { readonly selection: Selection };

export function readListRequest(words: ListWords, workingFolder: string): ListRequest {
  return {
    dataFolder: words.dataFolder === undefined ? null : resolve(workingFolder, words.dataFolder),
    output: outputForm(words),
  };
}

export const stateNames: readonly DownloadStateKind[] = downloadStateSchema.options.map(
  ({ shape }) => shape.kind.value,
);

/** @param command what is to be done needs to be told what with; null: without a word all are meant */
export function readSelectionRequest(
  which: readonly string[],
  words: SelectionWords,
  { workingFolder, command }: { readonly workingFolder: string; readonly command: string | null },
): Parsed<SelectionRequest> {
  const states = readStates(words.state);
  if (states.kind === 'mistake') return states;
  const all = words.all === true;
  if (all && which.length > 0) return mistaken({ kind: 'all-and-some' });
  if (command !== null && which.length === 0 && !all && states.value === null) {
    return mistaken({ kind: 'none-selected', command });
  }
  const selection = { words: which, states: states.value, all: all || (command === null && which.length === 0) };
  return { kind: 'ok', value: { ...readListRequest(words, workingFolder), selection } };
}

function readStates(text: string | undefined): Parsed<readonly DownloadStateKind[] | null> {
  if (text === undefined) return { kind: 'ok', value: null };
  const states: DownloadStateKind[] = [];
  for (const name of text.split(',').map((part) => part.trim())) {
    const state = stateNames.find((one) => one === name);
    if (state === undefined) return mistaken({ kind: 'state', text: name, known: stateNames });
    states.push(state);
  }
  return { kind: 'ok', value: states };
}
