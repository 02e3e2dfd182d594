/** What a page is told together with its ports; the first carries the engine, the second the platform services. */
import { z } from 'zod';
import { handoverKind } from './handover.ts';

export const handoverSchema = z.object({
  kind: z.literal(handoverKind),
  os: z.enum(['linux', 'darwin', 'win32', 'unknown']),
  version: z.string(),
  secretStorage: z.enum(['encrypted', 'plain']),
});
export type Handover = z.infer<typeof handoverSchema>;
