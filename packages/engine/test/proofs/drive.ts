/** Fetches from a planned server as a list, as a file and as a sequence, until it is finished or given up. */
import { createFakeClock, type FakeClock } from '@sluice/testkit/clock';
import { createMemoryFiles, type MemoryFiles } from '@sluice/testkit/disk';
import { createMemoryRecords } from '../../src/adapters/records/memory-records.ts';
import { Direct } from '../../src/direct/direct.ts';
import { SluiceError } from '../../src/errors.ts';
import type { EnginePorts } from '../../src/ports/engine-ports.ts';
import { silentLog } from '../../src/ports/log.ts';
import { startEngine } from '../engine/harness.ts';
import { PlannedServer, type ServerPlan } from './answers.ts';
import { createMemoryHttp, hosts } from './memory-http.ts';

export const forms = ['file', 'sequence', 'list'] as const;
export type Form = (typeof forms)[number];

export interface Driven {
  /** Of the finished file, or what a sequence handed on. */
  readonly bytes: Uint8Array | null;
  readonly isFinished: boolean;
  readonly isUndetectable: boolean;
}

const folder = '/downloads';
const never = new AbortController().signal;
const learnedLevel = 4;

export async function drive(form: Form, plan: ServerPlan): Promise<Driven> {
  const clock = createFakeClock();
  const server = new PlannedServer(plan);
  const files = createMemoryFiles();
  const records = createMemoryRecords();
  for (const host of hosts) {
    records.saveHostLesson({
      host: new URL(host).host,
      level: learnedLevel,
      refusedAbove: null,
      learnedAtMs: clock.wallMs(),
    });
  }
  const ports = { http: createMemoryHttp(server, clock), files, clock, log: silentLog, records };
  const run = { list: inList, file: asFile, sequence: asSequence }[form];
  const { bytes, isFinished } = await until(clock, run({ ports, plan, server }));
  return { bytes, isFinished, isUndetectable: server.isUndetectable };
}

interface Stage {
  readonly ports: EnginePorts & { readonly files: MemoryFiles };
  readonly plan: ServerPlan;
  readonly server: PlannedServer;
}

type Ending = Pick<Driven, 'bytes' | 'isFinished'>;

function specFor({ hasMirror }: ServerPlan) {
  return {
    url: `${hosts[0]}/file.bin`,
    headers: {},
    request: hasMirror ? { mirrors: [`${hosts[1]}/file.bin`] } : {},
    retry: { maxAttempts: 4, baseDelayMs: 1, maxDelayMs: 1 },
    checksum: null,
    speedLimitBytesPerSecond: 0,
    onProgress: () => {},
  };
}

async function asFile({ ports, plan, server }: Stage): Promise<Ending> {
  const direct = new Direct(ports, { platform: 'linux', random: () => 0 });
  for (const isLastTry of [false, true]) {
    // What a failure has left is gone on with.
    if (isLastTry) server.heal();
    const spec = {
      ...specFor(plan),
      folder,
      name: null,
      whenTaken: 'number',
      resumes: true,
      keepsPartial: true,
      maxConnections: 4,
      findsChecksum: false,
      marksOrigin: false,
    } as const;
    try {
      const { path } = await direct.fetchFile(spec, never);
      return { bytes: ports.files.contents(path), isFinished: true };
    } catch (error) {
      if (!(error instanceof SluiceError) || error.code === 'internal') throw error;
    }
  }
  return { bytes: null, isFinished: false };
}

async function asSequence({ ports, plan }: Stage): Promise<Ending> {
  const direct = new Direct(ports, { platform: 'linux', random: () => 0 });
  const pieces: Uint8Array[] = [];
  try {
    const sequence = await direct.openSequence({ ...specFor(plan), range: null, chunkBytes: 32 * 1024 }, never);
    for (let piece = await sequence.next(); piece !== null; piece = await sequence.next()) pieces.push(piece.slice());
    return { bytes: Buffer.concat(pieces), isFinished: true };
  } catch (error) {
    if (!(error instanceof SluiceError) || error.code === 'internal') throw error;
    return { bytes: Buffer.concat(pieces), isFinished: false };
  }
}

async function inList({ ports, plan, server }: Stage): Promise<Ending> {
  const settings = { maxAttempts: 3, retryWaitMs: 100, retryWaitLimitMs: 100 };
  await using test = await startEngine({ folder, settings, ports });
  const { url, request } = specFor(plan);
  const id = await test.add(url, { request });
  let view = await test.until(id, ({ state }) => state.kind === 'finished' || state.kind === 'failed');
  if (view.state.kind === 'failed') {
    server.heal();
    await test.engine.retry({ ids: [id] });
    view = await test.until(id, ({ state }) => state.kind === 'finished' || state.kind === 'failed');
  }
  const isFinished = view.state.kind === 'finished';
  return { bytes: isFinished ? ports.files.contents(`${folder}/${view.name}`) : null, isFinished };
}

/** Far beyond what any plan needs. */
const mostSteps = 50_000;

async function until<Result>(clock: FakeClock, promise: Promise<Result>): Promise<Result> {
  let isSettled = false;
  const settled = promise.finally(() => {
    isSettled = true;
  });
  settled.catch(() => {});
  for (let steps = 0; !isSettled; steps += 1) {
    if (steps > mostSteps) throw new Error('it never ends');
    await clock.advanceToNext();
  }
  return settled;
}
