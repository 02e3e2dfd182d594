/** Turns the words of `sluice serve` into a request that has been checked, or says what is wrong with them. */
import { resolve } from 'node:path';
import { type OutputForm, outputForm } from '../get/request.ts';
import type { Parsed } from '../../arguments/usage-error.ts';
import { parseWholeNumber } from '../../arguments/whole-number.ts';

export interface RawServeOptions {
  readonly port?: string;
  readonly folder?: string;
  readonly dataFolder?: string;
  readonly ui?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export interface ServeRequest {
  /** 0 takes any free port; undefined leaves it to the host. */
  readonly port: number | undefined;
  /** Absolute; undefined means the user's downloads folder. */
  readonly folder: string | undefined;
  readonly dataFolder: string | undefined;
  readonly uiFolder: string | undefined;
  readonly output: OutputForm;
}

export function readServeRequest(raw: RawServeOptions, workingFolder: string): Parsed<ServeRequest> {
  const port = raw.port === undefined ? undefined : parseWholeNumber(raw.port, [0, 65_535]);
  if (port === null) return { kind: 'usage-error', usageError: { kind: 'port', text: raw.port ?? '' } };
  const absolute = (path: string | undefined): string | undefined =>
    path === undefined ? undefined : resolve(workingFolder, path);
  return {
    kind: 'ok',
    value: {
      port,
      folder: absolute(raw.folder),
      dataFolder: absolute(raw.dataFolder),
      uiFolder: absolute(raw.ui),
      output: outputForm(raw),
    },
  };
}
