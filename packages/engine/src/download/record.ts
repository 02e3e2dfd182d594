/** What is remembered of a download between two starts of the host. Parsed on read: old rows must stay readable. */
import {
  byteCountSchema,
  changeNoticeSchema,
  checksumOriginSchema,
  downloadIdSchema,
  epochMsSchema,
  errorInfoSchema,
  mainQueueId,
  maxAttemptsSchema,
  prioritySchema,
  queueIdSchema,
  requestOptionsSchema,
  versionChangeSchema,
} from '@sluice/contract';
import { z } from 'zod';

/** States that survive a restart; a run does not, so what was running is stored as `queued`. */
export const restingStateSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('queued') }),
  z.object({ kind: z.literal('waiting'), error: errorInfoSchema, retryAtMs: epochMsSchema, attempt: z.number().int() }),
  z.object({ kind: z.literal('paused') }),
  z.object({ kind: z.literal('failed'), error: errorInfoSchema, change: versionChangeSchema.exactOptional() }),
  z.object({ kind: z.literal('finished'), finishedAtMs: epochMsSchema }),
  z.object({ kind: z.literal('cancelled') }),
]);
export type RestingState = z.infer<typeof restingStateSchema>;

export const downloadRecordSchema = z.object({
  id: downloadIdSchema,
  /** As given, secrets included; the store keeps those apart (`download/secrets.ts`). */
  url: z.string(),
  folder: z.string(),
  /** The name the user asked for, sanitised; null leaves it to the first response. */
  wantedName: z.string().nullable(),
  /** The name in use on disk, once a file was made; the partial is this plus `.sluice`. */
  fileName: z.string().nullable(),
  /** Which file on disk was finished, so that deleting never touches another one of that name. */
  fileIdentity: z.string().nullable(),
  /** Other links of which the bytes on disk may be, by what its journal says: those it had before. */
  formerLinks: z.array(z.string()).exactOptional(),
  /** Where a partial is now that no journal vouched for and that was in this download's way. */
  keptApart: z.string().nullable().default(null),
  headers: z.record(z.string(), z.string()),
  request: requestOptionsSchema.default({}),
  /** It has secrets that this host cannot read: it does not run before they were given again. */
  needsSignIn: z.boolean().default(false),
  maxConnections: z.number().int().min(0),
  /** As the user gave it; see `parseChecksum` of the contract. */
  checksum: z.string().nullable().default(null),
  /** Whether to look for one beside the file; null follows the settings. */
  findChecksum: z.boolean().nullable().default(null),
  /** Whether to read the file back before it gets its name; without, the settings say. */
  verify: z.boolean().exactOptional(),
  /** Fails rather than take another name where a whole file has the one it would get. */
  skipIfPresent: z.boolean().default(false),
  /** `replace`: a person has seen that the file has changed, and wants this new version in the place of the old one. */
  onChanged: z.enum(['ask', 'replace', 'new', 'beside']).default('ask'),
  /** What was done about a change last. */
  change: changeNoticeSchema.nullable().default(null),
  /** Names of files whose partials belong to other downloads of this link. */
  leavesAlone: z.array(z.string()).readonly().default([]),
  /** The algorithm by which the finished file was verified. */
  verifiedBy: z.string().nullable().default(null),
  verifiedFrom: checksumOriginSchema.nullable().default(null),
  speedLimitBytesPerSecond: z.number().int().min(0),
  state: restingStateSchema,
  /** For showing before the journal is read again; never used to resume. */
  sizeBytes: byteCountSchema.nullable(),
  receivedBytes: byteCountSchema,
  resumable: z.boolean().nullable(),
  addedAtMs: epochMsSchema,
  /** Null follows the settings, 0 means never to give up. */
  maxAttempts: maxAttemptsSchema.nullable().default(null),
  queueId: queueIdSchema.default(mainQueueId),
  priority: prioritySchema.default('normal'),
  position: z.number(),
});
export type DownloadRecord = z.infer<typeof downloadRecordSchema>;

/** Failed because its secrets could not be read. A host that can read them starts it again. */
export function isSignInNeeded(state: RestingState): boolean {
  return state.kind === 'failed' && state.error.code === 'sign-in-needed';
}
