/** A download as a window or a terminal sees it. Nothing here is ever used to resume. */
import { z } from 'zod';
import { errorInfoSchema } from './errors.ts';
import { maxAttemptsSchema } from './retries.ts';
import { prioritySchema, queueIdSchema } from './queue-id.ts';
import { backendSchema } from './request.ts';

export const downloadIdSchema = z.string().min(1).max(64);
export type DownloadId = z.infer<typeof downloadIdSchema>;

/** Bytes count from 0 up to what a JavaScript number holds exactly; larger resources are refused. */
export const byteCountSchema = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/** Milliseconds since the Unix epoch, by the host's wall clock. */
export const epochMsSchema = z.number().int();

/** What a running download is doing. `checking` re-reads what is already on disk before it resumes. */
export const runPhaseSchema = z.enum(['checking', 'connecting', 'transferring', 'verifying', 'finishing']);
export type RunPhase = z.infer<typeof runPhaseSchema>;

/** What a server said of one version of a file; null where it did not say. */
export const versionFactsSchema = z.object({
  sizeBytes: byteCountSchema.nullable(),
  /** As sent, quotes and `W/` included. */
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
});
export type VersionFacts = z.infer<typeof versionFactsSchema>;

/** The version of which bytes are on disk, and the one that the server has now. */
export const versionChangeSchema = z.object({ before: versionFactsSchema, now: versionFactsSchema });
export type VersionChange = z.infer<typeof versionChangeSchema>;

/**
 * What was done about a file that had changed on the server. `new`: the new version is fetched, and what had been fetched
 * of the old one is deleted once it is finished. `back`: the server turned back to the version before, and that one resumes.
 * `beside`: the new version is fetched into a file of its own, and what had been fetched of the old one stays.
 */
export const changeNoticeSchema = versionChangeSchema.extend({
  kind: z.enum(['new', 'back', 'beside']),
  /** Fetched of the version that was left. */
  keptBytes: byteCountSchema,
});
export type ChangeNotice = z.infer<typeof changeNoticeSchema>;

/**
 * - `queued`: wants to run and waits for its turn.
 * - `running`: a run is under way.
 * - `waiting`: a run failed in a way that may pass; the next one starts at `retryAtMs`.
 * - `paused`: stopped by a person; everything fetched is kept.
 * - `failed`: needs a person; everything fetched is kept. With `change`: the file on the server is another version than
 *   the bytes on disk; `resolveChanged` carries the person's choice, and `retry` asks the server again.
 * - `finished`: the file is whole, verified as far as anything allowed, and under its own name.
 * - `cancelled`: given up by a person; the partial is deleted, the entry stays to be started again.
 */
export const downloadStateSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('queued') }),
  z.object({ kind: z.literal('running'), phase: runPhaseSchema }),
  z.object({ kind: z.literal('waiting'), error: errorInfoSchema, retryAtMs: epochMsSchema, attempt: z.number().int() }),
  z.object({ kind: z.literal('paused') }),
  z.object({ kind: z.literal('failed'), error: errorInfoSchema, change: versionChangeSchema.exactOptional() }),
  z.object({ kind: z.literal('finished'), finishedAtMs: epochMsSchema }),
  z.object({ kind: z.literal('cancelled') }),
]);
export type DownloadState = z.infer<typeof downloadStateSchema>;
export type DownloadStateKind = DownloadState['kind'];

/** `user` gave it, the `server` sent it along with the file, or it was found published `beside` the file. */
export const checksumOriginSchema = z.enum(['user', 'server', 'beside']);
export type ChecksumOrigin = z.infer<typeof checksumOriginSchema>;

export const downloadViewSchema = z.object({
  id: downloadIdSchema,
  /** The link as the user gave it, without user name and password. */
  url: z.string(),
  /** The file's name once known (from the user or the first response), else what the link suggests. */
  name: z.string(),
  folder: z.string(),
  state: downloadStateSchema,
  /** Null until a response says, or for ever if the server never does. */
  sizeBytes: byteCountSchema.nullable(),
  /** Bytes on disk that the journal vouches for or is about to. */
  receivedBytes: byteCountSchema,
  /** 0 unless bytes are flowing. */
  speedBytesPerSecond: z.number().min(0),
  /** Null when it cannot be told. */
  remainingMs: z.number().min(0).nullable(),
  connections: z.number().int().min(0),
  /** Null until a response has shown it. */
  resumable: z.boolean().nullable(),
  addedAtMs: epochMsSchema,
  /** One of the snapshot's queues; a `queued` download starts only while that one is open and not paused. */
  queueId: queueIdSchema,
  /** Comes before `position` in the order in which downloads start. */
  priority: prioritySchema,
  /** Place in the order in which downloads start: lower runs earlier. */
  position: z.number(),
  speedLimitBytesPerSecond: z.number().int().min(0),
  maxConnections: z.number().int().min(0),
  /** Its own, 0 meaning that it never gives up; null follows the settings. */
  maxAttempts: maxAttemptsSchema.nullable(),
  /** The checksum algorithm that the finished file was compared by; absent when no checksum was known. */
  verifiedBy: z.string().exactOptional(),
  /** What was done about a file that had changed on the server; absent when none had. */
  change: changeNoticeSchema.exactOptional(),
  /** Who named that checksum. */
  verifiedFrom: checksumOriginSchema.exactOptional(),
  /** Where a partial of an earlier run is now that nothing vouched for and that was in the way; absent when there was none. */
  keptApart: z.string().exactOptional(),
});
export type DownloadView = z.infer<typeof downloadViewSchema>;

/** One download in depth, asked for only while someone looks at it. Ranges are half-open. */
export const downloadDetailsSchema = z.object({
  id: downloadIdSchema,
  path: z.string(),
  partialPath: z.string().nullable(),
  finalUrl: z.string().nullable(),
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
  contentType: z.string().nullable(),
  /** As it was asked for; `auto` leaves it to the link. */
  backend: backendSchema,
  segments: z.array(
    z.object({
      start: byteCountSchema,
      end: byteCountSchema.nullable(),
      position: byteCountSchema,
      active: z.boolean(),
    }),
  ),
});
export type DownloadDetails = z.infer<typeof downloadDetailsSchema>;
