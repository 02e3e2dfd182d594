/** F67 across a kill: a process dies half-way, and the next one asks a server whose ranges lie for the rest. */
import { createFaultyFiles, createMemoryFiles } from '@sluice/testkit/disk';
import { seededBytes, startOrigin } from '@sluice/testkit/origin';
import { playPath, playsOf, versionA } from '@sluice/testkit/plays';
import { describe, expect, it } from 'vitest';
import { CrashRecords, fetchBy, folder, forms } from '../crash/crash-life.ts';
import { backends } from './ways.ts';

/** Three seconds' worth: the process dies in its first half, also on a busy machine. */
const sizeBytes = 1024 * 1024;
const bytesPerSecond = sizeBytes / 3;
/** The journal's head, and records of what was written. */
const lastJournalWrite = 5;

/** The first play in every form, and the others each in one; all of them by some backend. */
const combinations = playsOf('F67').flatMap((play, index) => {
  const backend = backends[index % backends.length] ?? 'socket';
  const form = forms[Math.floor(index / 2) % forms.length] ?? 'get';
  return (index === 0 ? forms : [form]).map((one) => [play.name, one, backend, play] as const);
});

describe.concurrent('F67 killed half-way', () => {
  it.each(combinations)(
    '%s: by %s, by the %s backend, version A is saved whole',
    async (_name, form, backend, play) => {
      await using origin = await startOrigin();
      play.stage(origin, { sizeBytes, bytesPerSecond });
      const url = origin.urlOf(playPath);
      const memory = createMemoryFiles();
      const first = memory.asOtherProcess();
      const dying = createFaultyFiles(first);
      let journalWrites = 0;
      dying.killAt(({ kind, path }) => {
        if (kind === 'write' && path.endsWith('.sluice-journal')) journalWrites += 1;
        return journalWrites === lastJournalWrite;
      });
      const records = new CrashRecords();
      const life = fetchBy(form, dying, { url, folder, records: records.open(() => dying.killed), backend });
      await expect(life).rejects.toThrow();
      first.end();
      const asked = origin.requests.length;
      await fetchBy(form, memory, { url, folder, records: records.afterKill().open(() => false), backend });
      // Without a range the server has no chance to lie.
      expect(origin.requests.slice(asked).some((request) => request.asked !== null)).toBe(true);
      expect(memory.paths()).toEqual([expect.stringMatching(/\/(?:file|elsewhere)\.bin$/)]);
      const saved = memory.contents(memory.paths()[0] ?? '') ?? new Uint8Array();
      expect(Buffer.from(seededBytes(versionA, 0, sizeBytes)).equals(saved)).toBe(true);
    },
  );
});
