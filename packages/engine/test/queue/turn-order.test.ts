import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { DownloadRecord } from '../../src/download/record.ts';
import { createMemoryRecords } from '../../src/adapters/memory-records.ts';
import { DownloadList } from '../../src/queue/download-list.ts';

function record(id: string, position: number): DownloadRecord {
  return {
    id,
    url: `http://host/${id}`,
    folder: '/downloads',
    wantedName: null,
    fileName: null,
    fileIdentity: null,
    headers: {},
    request: {},
    maxConnections: 0,
    checksum: null,
    findChecksum: null,
    verifiedBy: null,
    verifiedFrom: null,
    speedLimitBytesPerSecond: 0,
    state: { kind: 'queued' },
    sizeBytes: null,
    receivedBytes: 0,
    resumable: null,
    addedAtMs: 0,
    maxAttempts: null,
    queueId: 'main',
    priority: 'normal',
    position,
  };
}

const error = { code: 'stalled' } as const;
const steps = fc.array(
  fc.record({
    pick: fc.nat(11),
    kind: fc.constantFrom(
      'start',
      'pause',
      'resume',
      'wait',
      'due',
      'finished',
      'add',
      'remove',
      'move',
      'take' as const,
    ),
    position: fc.integer({ min: 1, max: 40 }),
  }),
  { maxLength: 80 },
);

it('gives the queued download of the lowest position, whatever happened before', () => {
  fc.assert(
    fc.property(steps, (sequence) => {
      const list = new DownloadList(createMemoryRecords(), () => {});
      let added = 0;
      for (const { pick, kind, position } of sequence) {
        const entry = list.inOrder()[pick % Math.max(1, list.size)];
        if (kind === 'add') {
          added += 1;
          list.add([record(`d${added}`, 100 + added)]);
        } else if (entry !== undefined) {
          if (kind === 'remove') list.remove([entry.record.id]);
          // Positions stay different from each other, as reordering keeps them.
          else if (kind === 'move') list.update(entry, { position: position + entry.record.addedAtMs + added / 1000 });
          else if (kind === 'take') list.nextQueued(() => true);
          else if (kind === 'wait') list.apply(entry, { kind, error, retryAtMs: 1, attempt: 1 });
          else if (kind === 'finished') list.apply(entry, { kind, atMs: 1 });
          else list.apply(entry, { kind });
        }
        const queued = list.inOrder().find((one) => one.state.kind === 'queued');
        expect(list.nextQueued(() => true)?.record.position).toBe(queued?.record.position);
        const waiting = list.inOrder().filter((one) => one.state.kind === 'waiting');
        expect(new Set(list.waiting)).toEqual(new Set(waiting));
      }
    }),
  );
});
