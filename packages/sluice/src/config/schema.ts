/** Every key a configuration may have, and what it may hold. */
import { requestOptionsSchema } from '@sluice/contract';
import { z } from 'zod';
import type { Config } from './config.ts';

const count = z.number().int().min(0);
const atLeastOne = z.number().int().min(1);
const path = z.string().min(1);

const { proxy, userAgent, referer, insecure, ipFamily } = requestOptionsSchema.shape;

/** Defaults of every download. */
const download = z.strictObject({
  maxAttempts: atLeastOne.optional(),
  timeoutMs: atLeastOne.optional(),
  connectTimeoutMs: atLeastOne.optional(),
  idleTimeoutMs: atLeastOne.optional(),
  maxConnections: z.number().int().min(1).max(64).optional(),
  speedLimitBytesPerSecond: count.optional(),
  chunkBytes: atLeastOne.optional(),
  headers: z.record(z.string(), z.string()).optional(),
  backend: z.enum(['auto', 'socket', 'undici', 'curl']).optional(),
  proxy,
  userAgent,
  referer,
  insecure,
  ipFamily,
  caFile: path.optional(),
});

/** How `one`, `swarm` and `each` treat servers and files. Numbers win over those of `strategy`. */
const bulk = z.strictObject({
  strategy: z.enum(['default', 'lenient', 'backOff']).optional(),
  concurrency: atLeastOne.optional(),
  pauseMs: z.number().min(0).optional(),
  maxAttempts: atLeastOne.optional(),
  timeoutMs: z.number().min(0).optional(),
  home: path.optional(),
  skipPresent: z.boolean().optional(),
});

const cache = z.strictObject({
  folder: path.optional(),
  freshness: z.union([z.enum(['http', 'validate', 'forever']), count]).optional(),
});

const manager = z.strictObject({
  folder: path.optional(),
  concurrency: atLeastOne.optional(),
  limitBytes: count.optional(),
  limitMinFiles: count.optional(),
});

export const configSections = { download, bulk, cache, manager } as const;

export const configSchema: z.ZodType<Config> = z.strictObject({
  download: download.optional(),
  bulk: bulk.optional(),
  cache: cache.optional(),
  manager: manager.optional(),
});
