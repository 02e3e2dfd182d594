/** What a configuration may say, in a file or as an object. Every key may be left out. */
import type { Freshness } from '../cache/freshness.ts';

/** Defaults of every download; see the options of the same names. */
export interface DownloadConfig {
  readonly maxAttempts?: number | undefined;
  readonly timeoutMs?: number | undefined;
  readonly connectTimeoutMs?: number | undefined;
  readonly idleTimeoutMs?: number | undefined;
  readonly maxConnections?: number | undefined;
  readonly speedLimitBytesPerSecond?: number | undefined;
  readonly chunkBytes?: number | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly backend?: 'auto' | 'socket' | 'undici' | 'curl' | undefined;
  readonly proxy?: string | undefined;
  readonly userAgent?: string | undefined;
  readonly referer?: string | undefined;
  readonly insecure?: boolean | undefined;
  readonly ipFamily?: 'any' | 'ipv4' | 'ipv6' | undefined;
  /** A PEM file. */
  readonly caFile?: string | undefined;
}

/** How `one`, `swarm` and `each` treat servers and files. Numbers win over those of `strategy`. */
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
  /** Absent: no cache. */
  readonly folder?: string | undefined;
  /** A number is milliseconds. Default `http`. */
  readonly freshness?: Freshness | undefined;
}

export interface ManagerConfig {
  readonly folder?: string | undefined;
  readonly concurrency?: number | undefined;
  /** Files together; 0: no limit. */
  readonly limitBytes?: number | undefined;
  /** The number of files that stay whatever their size. */
  readonly limitMinFiles?: number | undefined;
}

export interface Config {
  readonly download?: DownloadConfig | undefined;
  readonly bulk?: BulkConfig | undefined;
  readonly cache?: CacheConfig | undefined;
  readonly manager?: ManagerConfig | undefined;
}
