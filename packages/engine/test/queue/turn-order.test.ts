import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { DownloadRecord } from '../../src/download/record.ts';
import { createMemoryRecords } from '../../src/adapters/records/memory-records.ts';
import { DownloadList } from '../../src/queue/download-list.ts';
import type { Entry } from '../../src/queue/entry.ts';

function record(id: string, position: number): DownloadRecord {
  return {
    id,
    url: `http://host/${id}`,
    folder: '/downloads',
    wantedName: null,
    fileName: null,
    fileIdentity: null,
    keptApart: null,
    headers: {},
    request: {},
    needsSignIn: false,
    maxConnections: 0,
    checksum: null,
    findChecksum: null,
    skipIfPresent: false,
    onChanged: 'ask',
    leavesAlone: [],
    change: null,
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
const queueIds = ['main', 'night', 'slow'] as const;
const priorities = ['high', 'normal', 'low'] as const;

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
      'take',
      'queue',
      'priority',
      'regroup' as const,
    ),
    position: fc.integer({ min: 1, max: 40 }),
    queueId: fc.constantFrom(...queueIds),
    priority: fc.constantFrom(...priorities),
    open: fc.subarray([...queueIds]),
  }),
  { maxLength: 80 },
);

it('gives the queued download of the highest priority and lowest position whose queue is open, whatever happened', () => {
  fc.assert(
    fc.property(steps, (sequence) => {
      let limitedHost = '';
      const list = new DownloadList(
        createMemoryRecords(),
        () => {},
        (entry) => (entry.record.id === limitedHost ? limitedHost : ''),
      );
      let added = 0;
      for (const { pick, kind, position, queueId, priority, open } of sequence) {
        const entry = list.inOrder()[pick % Math.max(1, list.size)];
        if (kind === 'add') {
          added += 1;
          list.add([{ ...record(`d${added}`, 100 + added), queueId, priority }]);
        } else if (entry !== undefined) {
          if (kind === 'remove') list.remove([entry.record.id]);
          // Positions stay different from each other, as reordering keeps them.
          else if (kind === 'move') list.update(entry, { position: position + entry.record.addedAtMs + added / 1000 });
          else if (kind === 'take') list.nextQueued(() => true);
          else if (kind === 'queue') list.update(entry, { queueId });
          else if (kind === 'priority') list.update(entry, { priority });
          else if (kind === 'regroup') {
            limitedHost = entry.record.id;
            list.regroup();
          } else if (kind === 'wait') list.apply(entry, { kind, error, retryAtMs: 1, attempt: 1 });
          else if (kind === 'finished') list.apply(entry, { kind, atMs: 1 });
          else list.apply(entry, { kind });
        }
        const next = list.nextQueued((group) => open.some((id) => id === group.queueId) && group.host === '');
        expect(next).toBe(expected(list, { open, limitedHost }));
        const waiting = list.inOrder().filter((one) => one.state.kind === 'waiting');
        expect(new Set(list.waiting)).toEqual(new Set(waiting));
      }
    }),
  );
});

function expected(
  list: DownloadList,
  { open, limitedHost }: { readonly open: readonly string[]; readonly limitedHost: string },
): Entry | null {
  const mayStart = list
    .inOrder()
    .filter(
      ({ state, record: { id, queueId } }) => state.kind === 'queued' && open.includes(queueId) && id !== limitedHost,
    );
  const ofPriority = priorities.map((priority) => mayStart.find((entry) => entry.record.priority === priority));
  return ofPriority.find((entry) => entry !== undefined) ?? null;
}

it('keeps the order when very many come back in any order', () => {
  const list = new DownloadList(createMemoryRecords(), () => {});
  list.add(Array.from({ length: 6000 }, (_, index) => record(`d${index}`, index)));
  const started: number[] = [];
  const startNext = (): void => {
    const entry = list.nextQueued(() => true);
    if (entry === null) return;
    started.push(entry.record.position);
    list.apply(entry, { kind: 'start' });
  };
  for (let count = 0; count < 5000; count += 1) startNext();
  const again = [4999, 0, 3000, 17, 4500, ...Array.from({ length: 700 }, (_, index) => 1000 + index * 3)];
  for (const [count, position] of again.entries()) {
    if (count === 5) for (let few = 0; few < 3; few += 1) startNext();
    const entry = list.get(`d${position}`);
    if (entry !== undefined) list.apply(entry, { kind: 'interrupted' });
  }
  for (let count = 0; count < 1702; count += 1) startNext();
  expect(started.slice(5000)).toEqual([
    0,
    17,
    3000,
    ...[...again.slice(5), 4500, 4999].toSorted((left, right) => left - right),
    ...Array.from({ length: 1000 }, (_, index) => 5000 + index),
  ]);
});
