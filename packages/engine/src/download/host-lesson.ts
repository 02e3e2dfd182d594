/** What a host has shown about further connections, remembered so that the next download need not find it out again. */
import { epochMsSchema } from '@sluice/contract';
import { z } from 'zod';

export const hostLessonSchema = z.object({
  /** Name and port, as in a link. */
  host: z.string().min(1),
  /** As many connections as paid. */
  level: z.number().int().min(1),
  /** More than so many were turned away; null when none was. */
  refusedAbove: z.number().int().min(1).nullable(),
  learnedAtMs: epochMsSchema,
});
export type HostLesson = z.infer<typeof hostLessonSchema>;

/** Servers and links change: an older lesson is forgotten. */
export const lessonLifetimeMs = 24 * 60 * 60 * 1000;

/** Whether a lesson still counts. One from the future, by a clock that was set back, does not. */
export function isFresh(lesson: HostLesson, nowMs: number): boolean {
  return lesson.learnedAtMs <= nowMs && nowMs - lesson.learnedAtMs < lessonLifetimeMs;
}
