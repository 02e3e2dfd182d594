/** Records that end with the process: for one-shot hosts and tests. Meets the `Records` port. */
import { defaultSettings, type Queue, type Settings } from '@sluice/contract';
import type { HostLesson } from '../../download/host-lesson.ts';
import type { DownloadRecord } from '../../download/record.ts';
import type { Records } from '../../ports/records.ts';

/** Like a real store it keeps copies: changing what was saved or loaded changes nothing here. */
export function createMemoryRecords(): Records {
  const downloads = new Map<string, DownloadRecord>();
  const lessons = new Map<string, HostLesson>();
  let queues: readonly Queue[] = [];
  let settings: Settings = defaultSettings;
  return {
    loadDownloads: () =>
      [...downloads.values()]
        .map((record) => structuredClone(record))
        .sort((left, right) => left.position - right.position),
    saveDownloads: (records) => {
      for (const record of records) downloads.set(record.id, copyOf(record));
    },
    deleteDownloads: (ids) => {
      for (const id of ids) downloads.delete(id);
    },
    loadSettings: () => structuredClone(settings),
    saveSettings: (next) => {
      settings = structuredClone(next);
    },
    loadQueues: () => structuredClone([...queues]),
    saveQueues: (next) => {
      queues = structuredClone(next);
    },
    loadHostLessons: () => [...lessons.values()],
    saveHostLesson: (lesson) => {
      lessons.set(lesson.host, lesson);
    },
    close: () => {},
  };
}

/** A download is saved several times in its life: copied is what may be written to, not what that is made of. */
function copyOf(record: DownloadRecord): DownloadRecord {
  return { ...record, headers: { ...record.headers }, request: { ...record.request }, state: { ...record.state } };
}
