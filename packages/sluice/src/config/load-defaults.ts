/** Turns a configuration into the options of the calls, for a program to spread where it calls them. */
import { readFile } from 'node:fs/promises';
import { SluiceError } from '@sluice/contract';
import type { BulkOptions } from '../bulk/options.ts';
import type { CacheRules } from '../cache/cache-option.ts';
import type { CommonOptions } from '../core/options/options.ts';
import type { RequestOptions } from '../core/options/request-options.ts';
import { PersistLimit } from '../limit/persist-limit.ts';
import type { ManagerOptions } from '../manager/manager-options.ts';
import { adjusted, backOff, lenient, RequestStrategy } from '../strategy/request-strategy.ts';
import type { BulkConfig, Config, DownloadConfig, ManagerConfig } from './config.ts';
import type { Environment } from './environment.ts';
import { loadConfig } from './load-config.ts';

export interface Defaults {
  readonly config: Config;
  /** For `download`, whatever the destination. */
  readonly download: Omit<CommonOptions, 'range' | 'signal'>;
  /** For `download` to a file or a folder, besides. */
  readonly file: { readonly maxConnections?: number };
  /** For `download` to a stream or a function, besides. */
  readonly pieces: { readonly chunkBytes?: number };
  /** For `one`, `swarm` and `each`. */
  readonly bulk: Omit<BulkOptions<never>, 'urlOf'>;
  /** For the `cache` of `download`; undefined without a folder for it. */
  readonly cache: CacheRules | undefined;
  /** For a `DownloadManager`, and the folder it is to keep. */
  readonly manager: ManagerOptions;
  readonly folder: string;
}

/**
 * Loads a configuration as `loadConfig` does, and gives what it says as options:
 * `download(url, { ...defaults.download, ...defaults.file, file })`, `swarm(urls, defaults.bulk)`.
 * @throws as {@link loadConfig}; `request-invalid` (facts: `name`) for a `download.caFile` that cannot be read
 */
export async function loadDefaults(source?: string | Config, environment?: Environment): Promise<Defaults> {
  const config = await loadConfig(source, environment);
  const { maxConnections, chunkBytes, ...rest } = config.download ?? {};
  const download = await commonOptions(rest);
  const file = present({ maxConnections });
  const { headers, request, backend, connectTimeoutMs, idleTimeoutMs, speedLimitBytesPerSecond } = download;
  const perRequest = present({ headers, request, backend, connectTimeoutMs, idleTimeoutMs, speedLimitBytesPerSecond });
  const { folder: cacheFolder, freshness } = config.cache ?? {};
  return {
    config,
    download,
    file,
    pieces: present({ chunkBytes }),
    bulk: { ...perRequest, ...file, ...bulkOptions(config.bulk ?? {}) },
    cache: cacheFolder === undefined ? undefined : { folder: cacheFolder, ...present({ freshness }) },
    manager: { ...download, ...file, ...managerOptions(config.manager ?? {}) },
    folder: config.manager?.folder ?? '.',
  };
}

async function commonOptions(
  given: Omit<DownloadConfig, 'maxConnections' | 'chunkBytes'>,
): Promise<Defaults['download']> {
  const { proxy, userAgent, referer, insecure, ipFamily, caFile, ...rest } = given;
  const certificateAuthority = caFile === undefined ? undefined : await readAuthorities(caFile);
  const request: RequestOptions = present({ proxy, userAgent, referer, insecure, ipFamily, certificateAuthority });
  return { ...present(rest), ...(Object.keys(request).length === 0 ? {} : { request }) };
}

const strategies = { default: new RequestStrategy(), lenient, backOff } as const;

function bulkOptions({ strategy = 'default', home, skipPresent, ...numbers }: BulkConfig): Defaults['bulk'] {
  return {
    requestStrategy: adjusted(strategies[strategy], present(numbers)),
    downloadStrategy: present({ home, skipPresent }),
  };
}

function managerOptions({ concurrency, limitBytes, limitMinFiles }: ManagerConfig): ManagerOptions {
  const limit =
    limitBytes === undefined
      ? undefined
      : new PersistLimit({ sizeBytes: limitBytes, ...present({ minFiles: limitMinFiles }) });
  return present({ concurrency, limit });
}

async function readAuthorities(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new SluiceError('request-invalid', `download.caFile: cannot read ${path}`, {
      facts: { name: 'download.caFile' },
      cause: error,
    });
  }
}

type Present<Values> = { [Name in keyof Values]?: Exclude<Values[Name], undefined> };

/** Without the names that hold nothing: an option left out is not an option that is undefined. */
function present<Values extends object>(values: Values): Present<Values> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Present<Values>;
}
