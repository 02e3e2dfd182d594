/** Every command and query a UI may send to a host: one entry a method, with what goes in and what comes back. */
import { z } from 'zod';
import { byteCountSchema, downloadDetailsSchema, downloadIdSchema, downloadViewSchema } from './download.ts';
import { errorInfoSchema } from './errors.ts';
import { maxAttemptsSchema } from './retries.ts';
import { queueChangeSchema, queueViewSchema } from './queue.ts';
import { prioritySchema, queueIdSchema } from './queue-id.ts';
import { requestOptionsSchema } from './request.ts';
import { settingsPatchSchema, settingsSchema } from './settings.ts';

const ids = z.array(downloadIdSchema).min(1);
const nothing = z.object({});
const limit = z.number().int().min(0);

/** A link longer than this is refused; browsers stop at about the same length. */
export const maxUrlLength = 65_536;

/** What to do about a file that has changed on the server. */
export const changeChoiceSchema = z.enum(['keep', 'beside', 'replace']);
export type ChangeChoice = z.infer<typeof changeChoiceSchema>;

/** A link and how to fetch it. Absent means "as the settings say". */
export const newDownloadSchema = z.object({
  url: z.string().min(1).max(maxUrlLength),
  /** An absolute path. */
  folder: z.string().min(1).optional(),
  /** A file name without a path; sanitised by the engine. */
  name: z.string().min(1).optional(),
  /** Ceiling of connections; 0 follows the settings. */
  maxConnections: z.number().int().min(0).max(64).optional(),
  /** Bytes per second; 0 means no limit of its own. */
  speedLimitBytesPerSecond: limit.optional(),
  /** Failed attempts in a row without a new byte after which it becomes `failed`; 0 means never. */
  maxAttempts: maxAttemptsSchema.optional(),
  /** Default `main`. One that does not exist rejects the download with `queue-unknown`. */
  queueId: queueIdSchema.optional(),
  /** Default `normal`. */
  priority: prioritySchema.optional(),
  /** Sent with every request to the link's own origin, and only there. One that Sluice sets itself is refused (`header-refused`). */
  headers: z.record(z.string(), z.string()).optional(),
  /** `sha-256=<hex>`, any of md5 to sha-512, or bare hex digits: the file is finished only if it fits. */
  checksum: z.string().min(1).max(300).optional(),
  /** Fails with `file-exists`, its body unread, where a whole file has the name that it would get. Default: a number in the name. */
  skipIfPresent: z.boolean().optional(),
  /** Look for one that is published beside the file, when neither the user nor the server names any. */
  findChecksum: z.boolean().optional(),
  /** Read all of the file back from the disk before it gets its name. Default: as the settings say. */
  verify: z.boolean().optional(),
  /**
   * What to do when the file on the server has changed. `ask`: it fails with `resource-changed`, and `resolveChanged`
   * carries a person's choice; `new`: as its `replace`; `beside`: the new version becomes a file of its own. Default `ask`.
   */
  onChanged: z.enum(['ask', 'new', 'beside']).optional(),
  /** How to ask for it, and which way. */
  request: requestOptionsSchema.optional(),
});
export type NewDownload = z.infer<typeof newDownloadSchema>;

/** One answer for each download, in the order of the request. */
export const addedSchema = z.object({
  results: z.array(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('added'), id: downloadIdSchema }),
      /** The same link into the same folder is already on the list and not over: nothing was added. */
      z.object({ kind: z.literal('present'), id: downloadIdSchema }),
      z.object({ kind: z.literal('rejected'), url: z.string(), error: errorInfoSchema }),
    ]),
  ),
});
export type Added = z.infer<typeof addedSchema>;

/** What a download would come to, as far as the link, the folder and one answer of the server tell. */
export const previewSchema = z.object({
  /** Where the file would lie in the end; absolute, with a number where the name is taken. */
  path: z.string(),
  /** Of the whole file; null when the server does not say, or was not asked. */
  sizeBytes: byteCountSchema.nullable(),
  /** Whether the server says that it can send parts; null when it does not say. */
  resumable: z.boolean().nullable(),
  /** Left in the folder by an earlier attempt and of the same version, so that it would be resumed. */
  receivedBytes: byteCountSchema,
  /** Another process is at what an earlier try left. */
  isInUse: z.boolean(),
  /** A whole file that has the name already; null when there is none. */
  presentPath: z.string().nullable(),
  /** False for a method that changes something, as a form's does: sending it would do more than ask. */
  isAsked: z.boolean(),
  /** As the server says; null when it does not, or was not asked. */
  contentType: z.string().nullable(),
  /** The answer waits for the download, if that begins within a minute; then no second request is made. */
  isKept: z.boolean(),
});
export type Preview = z.infer<typeof previewSchema>;

/** One for each partial or journal in the folder, by the name that its file is going to have. */
export const adoptedSchema = z.object({
  results: z.array(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('adopted'), fileName: z.string(), id: downloadIdSchema }),
      /** A download on the list owns it, or fetches its link into this folder. */
      z.object({ kind: z.literal('present'), fileName: z.string(), id: downloadIdSchema }),
      z.object({ kind: z.literal('rejected'), fileName: z.string(), error: errorInfoSchema }),
      /** What was kept apart under this name is gone. */
      z.object({ kind: z.literal('deleted'), fileName: z.string() }),
    ]),
  ),
});
export type Adopted = z.infer<typeof adoptedSchema>;

export const methods = {
  /** `start: false` adds them paused. Links are judged one by one: a bad one does not stop the others. */
  add: {
    params: z.object({ downloads: z.array(newDownloadSchema).min(1).max(100_000), start: z.boolean().default(true) }),
    result: addedSchema,
  },
  /**
   * Asks the server once, as the download would; writes nothing and adds nothing. The body is given up unread, or with
   * `keep` waits for a minute for the download, where there is room for it (16 in all, 2 for one server).
   * @throws what `add` rejects a link with; what the server, or the way to it, refuses a download with
   */
  preview: {
    params: z.object({ download: newDownloadSchema, keep: z.boolean().default(false) }),
    result: previewSchema,
  },
  /**
   * Lists the partials of a folder that no download of the list owns, to resume them. One that a
   * living process uses is left alone (`file-busy`), and of several of one link the youngest is taken. Of a partial
   * without a journal, kept apart or not, the link is that of the download which had it, or is given with `download`:
   * what the link sends at several places, or the checksum, proves its bytes, and the rest is fetched again. Without a link
   * it is rejected (`journal-unreadable`, with the fact `needs: link`); `deleteKept` deletes what was kept apart.
   * @throws `folder-missing`, `file-access-denied`, `request-invalid` for a folder that is not absolute
   */
  adopt: {
    params: z.object({
      folder: z.string().min(1),
      /** Only this file of the folder. */
      name: z
        .string()
        .regex(/^[^/\\]+$/)
        .exactOptional(),
      /** From where that file came; its own folder does not count. */
      download: newDownloadSchema.exactOptional(),
      start: z.boolean().default(true),
      deleteKept: z.boolean().default(false),
    }),
    result: adoptedSchema,
  },
  /** Keeps everything fetched. Downloads that are over already are left alone. */
  pause: { params: z.object({ ids }), result: nothing },
  /**
   * Back into the queue; a waiting download gives up its countdown. Where its queue is paused or closed it waits
   * there; `setQueue` into another starts it sooner.
   */
  resume: { params: z.object({ ids }), result: nothing },
  /** Gives up: the partial is deleted, the entry stays. */
  cancel: { params: z.object({ ids }), result: nothing },
  /** Off the list. `deleteFile` also deletes the finished file, or the partial; only what this download made. */
  remove: { params: z.object({ ids, deleteFile: z.boolean() }), result: nothing },
  /** Starts a failed, waiting or cancelled download again, from what is on disk. */
  retry: { params: z.object({ ids }), result: nothing },
  /**
   * Gives an unfinished download another link, other headers or another way of asking; absent fields stay as they
   * are, but for a link of another host: what was said to the first one alone (headers, login, cookies, a certificate, a
   * form) does not go there. What was fetched is kept: from another link the next run first proves that its bytes are the same, and
   * fails with `resource-changed`, nothing lost, when they are not. A failed or waiting download starts again, a
   * running one continues with the new link, a paused one stays paused.
   * @throws `url-invalid`, `url-unsupported`; `request-invalid` for a finished download; `already-listed`
   */
  changeRequest: {
    params: z.object({
      id: downloadIdSchema,
      url: z.string().min(1).max(maxUrlLength).optional(),
      headers: z.record(z.string(), z.string()).optional(),
      /** Options given here replace those of their name; an empty text or list takes one away. */
      request: requestOptionsSchema.optional(),
    }),
    result: nothing,
  },
  /**
   * A person's choice for downloads whose file has changed on the server (`failed` with a `change`); others are left
   * alone. `keep`: paused, with everything fetched; a later `resume` asks the server again. `beside`: the same, and the new
   * version is added as a download of its own, under the next free name. `replace`: the new version is fetched, and what
   * is on disk of the old one is deleted once the new file is finished.
   * @returns `added`: the downloads that fetch a new version beside, in the order of `ids`
   * @throws `download-unknown`; `request-invalid` when the file of none of them has changed
   */
  resolveChanged: {
    params: z.object({ ids, choice: changeChoiceSchema }),
    result: z.object({ added: z.array(downloadIdSchema) }),
  },
  pauseAll: { params: nothing, result: nothing },
  resumeAll: { params: nothing, result: nothing },
  /** Moves `ids`, in that order, in front of `beforeId`, or to the end when it is null. */
  reorder: { params: z.object({ ids, beforeId: downloadIdSchema.nullable() }), result: nothing },
  /** Absent fields stay as they are. Takes effect on running downloads at once; stops and starts none. */
  setLimits: {
    params: z.object({
      ids,
      speedLimitBytesPerSecond: limit.optional(),
      maxConnections: z.number().int().min(0).max(64).optional(),
      /** Counts from the next failure on; null follows the settings, 0 means never to give up. */
      maxAttempts: maxAttemptsSchema.nullable().optional(),
    }),
    result: nothing,
  },
  /**
   * Puts downloads into a queue, each at its place by priority and position. A running one continues, unless
   * its new queue is paused or closed.
   * @throws `queue-unknown`
   */
  setQueue: { params: z.object({ ids, queueId: queueIdSchema }), result: nothing },
  /** Changes who starts first from now on; stops and starts nothing at once. */
  setPriority: { params: z.object({ ids, priority: prioritySchema }), result: nothing },
  /**
   * Makes a queue or changes one; absent fields stay as they are, and a new queue gets the defaults. Closing or
   * pausing one puts what it runs back into the queue, with everything fetched kept. A lower `maxRunning` stops
   * nothing: what runs beyond it ends in its own time.
   * @returns the queue as it is now
   * @throws `queue-unknown`, `queue-name-taken`
   */
  saveQueue: { params: queueChangeSchema, result: queueViewSchema },
  /**
   * Removes a queue; its downloads go to `main` and keep their state, priority and position.
   * @throws `queue-unknown`; `request-invalid` for `main`
   */
  removeQueue: { params: z.object({ id: queueIdSchema }), result: nothing },
  /**
   * What downloads were asked for, in the order of `ids`, so that they can be added elsewhere. Without `withSecrets` headers,
   * cookies, logins, forms and referrers are left out; a finished download has none any more.
   * @throws `download-unknown`
   */
  exportList: {
    params: z.object({ ids, withSecrets: z.boolean().default(false) }),
    result: z.object({
      downloads: z.array(z.object({ download: newDownloadSchema, sizeBytes: byteCountSchema.nullable() })),
    }),
  },
  details: { params: z.object({ id: downloadIdSchema }), result: downloadDetailsSchema },
  readSettings: { params: nothing, result: settingsSchema },
  writeSettings: { params: settingsPatchSchema, result: settingsSchema },
  /**
   * Free space where a new download would go, and whether that folder can be written. The latter is tried with a file,
   * so what asks again and again asks with `checkWritable: false`, and is answered null.
   */
  folderInfo: {
    params: z.object({ folder: z.string(), checkWritable: z.boolean().optional() }),
    result: z.object({
      folder: z.string(),
      freeBytes: byteCountSchema.nullable(),
      writable: z.boolean().nullable(),
    }),
  },
  /** The whole list as it is now, with the sequence number of the last delta it includes. */
  snapshot: {
    params: nothing,
    result: z.object({
      sequence: z.number().int().min(0),
      downloads: z.array(downloadViewSchema),
      settings: settingsSchema,
      /** In the order in which they were made, `main` first. */
      queues: z.array(queueViewSchema),
      /** Why the newest changes of the list cannot be saved; absent while all of them are. */
      unsaved: errorInfoSchema.exactOptional(),
    }),
  },
} as const;

export type Methods = typeof methods;
export type MethodName = keyof Methods;
/** What a caller passes (defaults may be left out) and what an implementation gets (defaults filled in). */
export type ParamsIn<M extends MethodName> = z.input<Methods[M]['params']>;
export type Params<M extends MethodName> = z.output<Methods[M]['params']>;
export type Result<M extends MethodName> = z.output<Methods[M]['result']>;
export type Snapshot = Result<'snapshot'>;
