/**
 * The durable list: which downloads exist, what was asked, how each stands. It is never the
 * authority on bytes; losing it loses no progress.
 */
import type { Queue, Settings } from '@sluice/contract';
import type { HostLesson } from '../download/host-lesson.ts';
import type { DownloadRecord } from '../download/record.ts';

export interface Records {
  /** The records end with the process, so that nothing has to be saved for a later one. */
  readonly endsWithProcess?: true;
  /** Every download, in order of position. */
  loadDownloads(): DownloadRecord[];
  /** Inserts or replaces, all or none. Outlasts the end of the process when it returns, and a power cut a moment later. */
  saveDownloads(records: readonly DownloadRecord[]): void;
  /** Resolves when everything saved before the call would outlast a power cut; absent where it already does. */
  flush?(): Promise<void>;
  deleteDownloads(ids: readonly string[]): void;
  loadSettings(): Settings;
  saveSettings(settings: Settings): void;
  /** As they were saved, in their order; empty at first. */
  loadQueues(): Queue[];
  /** Replaces all of them. */
  saveQueues(queues: readonly Queue[]): void;
  loadHostLessons(): HostLesson[];
  saveHostLesson(lesson: HostLesson): void;
  close(): void;
}
