/** How a download names its queue, and how soon it starts there. */
import { z } from 'zod';

export const queueIdSchema = z.string().min(1).max(64);
export type QueueId = z.infer<typeof queueIdSchema>;

/** The queue that is always there. */
export const mainQueueId = 'main';

/**
 * Whoever has a higher priority starts first, in whatever queue that may start something; among equals the position
 * decides. What runs already goes on: a high priority takes nobody's place, it is next when one falls free.
 */
export const prioritySchema = z.enum(['low', 'normal', 'high']);
export type Priority = z.infer<typeof prioritySchema>;
