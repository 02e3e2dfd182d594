/** Named queues: which downloads run together, how many of them, how fast, and at what hours. */
import { z } from 'zod';
import { epochMsSchema } from './download.ts';
import { mainQueueId, queueIdSchema } from './queue-id.ts';

/**
 * Hours of the week in which a queue may run, by the host's local time. It begins on each of `days` at `fromMinute`
 * and ends at the next `untilMinute` after that: on the same day, or on the day after when `untilMinute` is not
 * later than `fromMinute` (22:00 to 06:00 on Fridays ends on Saturday morning). Equal minutes mean 24 hours.
 * Where clocks are put on or back, what the wall shows counts.
 */
export const scheduleWindowSchema = z.object({
  /** 0 is Sunday, 6 is Saturday: the days on which the window begins. */
  days: z.array(z.number().int().min(0).max(6)).min(1).max(7),
  /** Minutes since midnight. */
  fromMinute: z.number().int().min(0).max(1439),
  /** Minutes since midnight; 1440 is the midnight at the end of the day. */
  untilMinute: z.number().int().min(0).max(1440),
});
export type ScheduleWindow = z.infer<typeof scheduleWindowSchema>;

const nameSchema = z.string().trim().min(1).max(100);
const maxRunningSchema = z.number().int().min(0).max(64);
const speedSchema = z.number().int().min(0);
const scheduleSchema = z.array(scheduleWindowSchema).max(100);

export const queueSchema = z.object({
  id: queueIdSchema,
  /** Different from every other queue's, letters compared without their case. */
  name: nameSchema,
  /** Downloads of this queue running at the same time; 0 leaves it to the settings, which hold for all queues together. */
  maxRunning: maxRunningSchema.default(0),
  /** Shared evenly by the queue's downloads; 0 means no limit of its own. */
  speedLimitBytesPerSecond: speedSchema.default(0),
  /** Starts nothing, and what ran goes back into the queue with everything fetched kept, until it is false again. */
  isPaused: z.boolean().default(false),
  /** Runs inside any of these windows and at no other time; empty means always. */
  schedule: scheduleSchema.default([]),
});
export type Queue = z.infer<typeof queueSchema>;

/** A queue, and what its schedule says at this moment. */
export const queueViewSchema = queueSchema.extend({
  /** Whether the schedule lets it run now. A queue runs when it is open and not paused. */
  isOpen: z.boolean(),
  /** When `isOpen` changes next; null when it never does. */
  changesAtMs: epochMsSchema.nullable(),
});
export type QueueView = z.infer<typeof queueViewSchema>;

/** A new queue (without `id`; then `name` is needed) or changes of one; absent fields stay as they are. */
export const queueChangeSchema = z
  .object({
    id: queueIdSchema.optional(),
    name: nameSchema.optional(),
    maxRunning: maxRunningSchema.optional(),
    speedLimitBytesPerSecond: speedSchema.optional(),
    isPaused: z.boolean().optional(),
    schedule: scheduleSchema.optional(),
  })
  .refine(({ id, name }) => id !== undefined || name !== undefined, { path: ['name'] });
export type QueueChange = z.infer<typeof queueChangeSchema>;

/** Holds every download that was not put elsewhere. It can be changed like any other, and never removed. */
export const mainQueue: Queue = queueSchema.parse({ id: mainQueueId, name: 'Main' });

/** The unchanged main queue: what a window shows before the first snapshot. */
export const mainQueueView: QueueView = { ...mainQueue, isOpen: true, changesAtMs: null };
