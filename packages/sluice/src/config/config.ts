/** What a configuration may say, as the library shows it: the schema's own shape, without the library that checks it. */

/** What a configuration file holds, or an object in its place. Every key may be left out. */
export interface Config {
  /** Defaults of every download. */
  readonly download?: DownloadConfig | undefined;
  /** How `one`, `swarm` and `each` treat servers and files. Numbers win over those of `strategy`. */
  readonly bulk?: BulkConfig | undefined;
  readonly cache?: CacheConfig | undefined;
  readonly manager?: ManagerConfig | undefined;
}

export interface DownloadConfig {
  readonly maxAttempts?: number | undefined;
  readonly timeoutMs?: number | undefined;
  readonly connectTimeoutMs?: number | undefined;
  readonly idleTimeoutMs?: number | undefined;
  readonly maxConnections?: number | undefined;
  readonly speedLimitBytesPerSecond?: number | undefined;
  readonly chunkBytes?: number | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly proxy?: string | undefined;
  readonly userAgent?: string | undefined;
  readonly referer?: string | undefined;
  readonly insecure?: boolean | undefined;
  readonly ipFamily?: 'any' | 'ipv4' | 'ipv6' | undefined;
  readonly caFile?: string | undefined;
}

export interface BulkConfig {
  readonly strategy?: 'default' | 'lenient' | 'backOff' | undefined;
  readonly concurrency?: number | undefined;
  readonly pauseMs?: number | undefined;
  readonly maxAttempts?: number | undefined;
  readonly timeoutMs?: number | undefined;
  readonly home?: string | undefined;
  readonly skipPresent?: boolean | undefined;
}

export interface CacheConfig {
  readonly folder?: string | undefined;
  readonly freshness?: 'http' | 'validate' | 'forever' | number | undefined;
}

export interface ManagerConfig {
  readonly folder?: string | undefined;
  readonly concurrency?: number | undefined;
  readonly limitBytes?: number | undefined;
  readonly limitMinFiles?: number | undefined;
}
