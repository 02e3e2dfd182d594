/** What a host tells a UI without being asked. */
import { z } from 'zod';
import { downloadIdSchema, downloadViewSchema } from './download.ts';
import { errorInfoSchema } from './errors.ts';
import { queueViewSchema } from './queue.ts';
import { settingsSchema } from './settings.ts';

/** A changed download: its id and only the fields that changed; a new one carries all of them. */
export const downloadPatchSchema = downloadViewSchema.partial().extend({ id: downloadIdSchema });
export type DownloadPatch = z.infer<typeof downloadPatchSchema>;

/**
 * One step of the list. Sequence numbers rise by exactly one; a UI that sees a gap asks for a new snapshot.
 * Coalesced at the source to at most ten a second.
 */
export const deltaSchema = z.object({
  sequence: z.number().int().min(1),
  added: z.array(downloadViewSchema).optional(),
  changed: z.array(downloadPatchSchema).optional(),
  removed: z.array(downloadIdSchema).optional(),
  settings: settingsSchema.optional(),
  /** All queues, in order, whenever one of them changed, opened or closed. */
  queues: z.array(queueViewSchema).optional(),
  /** Why changes of the list cannot be saved, whenever that changes; null once all of them are. */
  unsaved: errorInfoSchema.nullable().optional(),
});
export type Delta = z.infer<typeof deltaSchema>;
