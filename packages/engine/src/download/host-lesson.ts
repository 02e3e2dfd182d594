/** What a host has shown about further connections, remembered so that the next download need not find it out again. */
import { epochMsSchema, errorCodes } from '@sluice/contract';
import { z } from 'zod';

/** An error code, or `displaced`: an older connection was closed whenever a younger one came. */
const refusalCauses = [...errorCodes, 'displaced'] as const;

export const hostLessonSchema = z.object({
  /** Name and port, as in a link. */
  host: z.string().min(1),
  /** The number of connections that the ramp settled at. */
  level: z.number().int().min(1),
  /** The host refused connections beyond this number; null when it refused none. */
  refusedAbove: z.number().int().min(1).nullable(),
  /** How the last of them was turned away. Absent in lessons of older versions, and where none was. */
  refusedBecause: z.enum(refusalCauses).exactOptional(),
  learnedAtMs: epochMsSchema,
});
export type HostLesson = z.infer<typeof hostLessonSchema>;
export type RefusalCause = NonNullable<HostLesson['refusedBecause']>;

/** What one run has to say of a host. */
export type ConnectionLesson = Pick<HostLesson, 'level' | 'refusedAbove' | 'refusedBecause'>;

/** Servers and links change: an older lesson is forgotten. */
export const lessonLifetimeMs = 24 * 60 * 60 * 1000;

/** Whether a lesson still counts. One from the future, by a clock that was set back, does not. */
export function isFresh(lesson: HostLesson, nowMs: number): boolean {
  return lesson.learnedAtMs <= nowMs && nowMs - lesson.learnedAtMs < lessonLifetimeMs;
}
