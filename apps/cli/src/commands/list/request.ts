/** Turns the words of the commands about the list into requests that have been checked. */
import { resolve } from 'node:path';
import { type DownloadStateKind, downloadStateSchema } from '@sluice/contract';
import type { ListRequest } from './with-list.ts';
import type { Selection } from './select-downloads.ts';
import { outputForm } from '../get/request.ts';
import { wrongUsage, type Parsed } from '../../arguments/usage-error.ts';

/** As commander hands them over. */
export interface RawListOptions {
  readonly dataFolder?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export interface RawSelectionOptions extends RawListOptions {
  readonly all?: boolean;
  /** Names of states, separated by commas. */
  readonly state?: string;
}

export type SelectionRequest = ListRequest & { readonly selection: Selection };

export function readListRequest(raw: RawListOptions, workingFolder: string): ListRequest {
  return {
    dataFolder: raw.dataFolder === undefined ? null : resolve(workingFolder, raw.dataFolder),
    output: outputForm(raw),
  };
}

export const stateNames: readonly DownloadStateKind[] = downloadStateSchema.options.map(
  ({ shape }) => shape.kind.value,
);

/** @param command what is to be done needs to be told what with; null: without a word all are meant */
export function readSelectionRequest(
  which: readonly string[],
  raw: RawSelectionOptions,
  { workingFolder, command }: { readonly workingFolder: string; readonly command: string | null },
): Parsed<SelectionRequest> {
  const states = readStates(raw.state);
  if (states.kind === 'usage-error') return states;
  const all = raw.all === true;
  if (all && which.length > 0) return wrongUsage({ kind: 'all-and-some' });
  if (command !== null && which.length === 0 && !all && states.value === null) {
    return wrongUsage({ kind: 'none-selected', command });
  }
  const selection = { names: which, states: states.value, all: all || (command === null && which.length === 0) };
  return { kind: 'ok', value: { ...readListRequest(raw, workingFolder), selection } };
}

function readStates(text: string | undefined): Parsed<readonly DownloadStateKind[] | null> {
  if (text === undefined) return { kind: 'ok', value: null };
  const states: DownloadStateKind[] = [];
  for (const name of text.split(',').map((part) => part.trim())) {
    const state = stateNames.find((one) => one === name);
    if (state === undefined) return wrongUsage({ kind: 'state', text: name, known: stateNames });
    states.push(state);
  }
  return { kind: 'ok', value: states };
}
