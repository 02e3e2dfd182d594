/** How a download names its queue, and how soon it starts there. */
import { z } from 'zod';

export const queueIdSchema = z.string().min(1).max(64);
export type QueueId = z.infer<typeof queueIdSchema>;

/** The queue that is always there. */
export const mainQueueId = 'main';

/**
 * Downloads of a higher priority start first, across all queues that may start one; among equals the position
 * decides. Running downloads continue: a high priority stops none, and is next when a place is free.
 */
export const prioritySchema = z.enum(['low', 'normal', 'high']);
export type Priority = z.infer<typeof prioritySchema>;
