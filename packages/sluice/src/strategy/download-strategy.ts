/** What becomes of the files of a crowd of downloads: where they go, what is left alone, what follows. */
import { writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { makeFolders } from '@sluice/engine';
import { optionError, readOptions } from '../core/options/option-error.ts';
import type { Bundle } from '../bulk/bundle.ts';
import { ownPlatform } from './own-platform.ts';
import { type UrlToPath, pathFromUrl } from './url-to-path.ts';

export interface DownloadRules {
  /** Where relative paths start. Default: the current folder. */
  readonly home: string;
  /** True: a file that is there is left as it is and nothing is asked for. False: it is replaced once the new one is whole. Default true. */
  readonly skipPresent: boolean;
  /** Which parts of a link make its path; see {@link UrlToPath}. */
  readonly layout: UrlToPath;
  /** The path of a link's file, absolute or from `home`. Default: after `layout`. */
  pathOf(url: URL): string;
  /**
   * Awaited once a download has its file, before its bundle is handed out. What it throws becomes the bundle's error;
   * the outcome stays, for the file is there.
   */
  onSuccess(bundle: Bundle<unknown>): unknown;
  /** Awaited once the last try has failed, before the bundle is handed out. */
  onFailure(bundle: Bundle<unknown>): unknown;
}

/** To be used as it is, with other values, or subclassed for other rules. */
export class DownloadStrategy implements DownloadRules {
  readonly home: string;
  readonly skipPresent: boolean;
  readonly layout: UrlToPath;

  constructor(rules: Partial<DownloadRules> = {}) {
    check(readOptions(rules, 'downloadStrategy', known));
    this.home = resolve(rules.home ?? '.');
    this.skipPresent = rules.skipPresent ?? true;
    this.layout = rules.layout ?? {};
    if (rules.pathOf !== undefined) this.pathOf = rules.pathOf.bind(rules);
    if (rules.onSuccess !== undefined) this.onSuccess = rules.onSuccess.bind(rules);
    if (rules.onFailure !== undefined) this.onFailure = rules.onFailure.bind(rules);
  }

  pathOf(url: URL): string {
    return pathFromUrl(url, this.layout, ownPlatform());
  }

  onSuccess(_bundle: Bundle<unknown>): unknown {
    return undefined;
  }

  onFailure(_bundle: Bundle<unknown>): unknown {
    return undefined;
  }
}

const known: readonly (keyof DownloadRules)[] = ['home', 'skipPresent', 'layout', 'pathOf', 'onSuccess', 'onFailure'];

function check({ home, skipPresent, layout, ...functions }: Partial<DownloadRules>): void {
  if (home !== undefined && (typeof home !== 'string' || home === '')) throw optionError('home', 'home must be a path');
  if (skipPresent !== undefined && typeof skipPresent !== 'boolean')
    throw optionError('skipPresent', 'skipPresent must be true or false');
  if (layout !== undefined) readOptions(layout, 'layout', ['host', 'segments', 'name']);
  for (const [name, value] of Object.entries(functions) as [string, unknown][]) {
    if (typeof value !== 'function') throw optionError(name, `${name} must be a function`);
  }
}

/** A strategy as it is, or rules over the defaults. */
export function toDownloadStrategy(given: DownloadStrategy | Partial<DownloadRules>): DownloadStrategy {
  return given instanceof DownloadStrategy ? given : new DownloadStrategy(given);
}

/**
 * For `onFailure`: leaves an empty file where the download would have gone, so that a next round with `skipPresent`
 * passes it by. Never touches a file that is there.
 */
export async function writeEmptyFile({ path }: Pick<Bundle<unknown>, 'path'>): Promise<void> {
  if (path === null) return;
  await makeFolders(dirname(path));
  await writeFile(path, '', { flag: 'wx' }).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  });
}
