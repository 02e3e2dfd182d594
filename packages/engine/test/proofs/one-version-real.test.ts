/** Some of the same plans over real sockets and a real folder, by every backend. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Answer, type Origin, startOrigin } from '@sluice/testkit/origin';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChosenBackend } from '../../src/plan/connections/choose-backend.ts';
import { SluiceError } from '../../src/errors.ts';
import { directBy, backends, specFor } from '../faults/ways.ts';
import { isBeginning, PlannedServer, type Reply, type ServerPlan, serverPlan, versionOf } from './answers.ts';

const plansPerBackend = 200;
const atATime = 8;
const path = '/file.bin';
const never = new AbortController().signal;

function answerOf(reply: Reply, other: Origin): Answer {
  if (reply.isRedirect) return { status: 302, headers: { Location: other.urlOf(path) } };
  const { status, headers, framing, resetAfter } = reply;
  const end =
    resetAfter === null ? {} : { end: { afterBytes: resetAfter, how: framing === 'close' ? 'fin' : 'reset' } as const };
  return { status, headers, body: reply.body, framing, ...end };
}

async function stage(plan: ServerPlan): Promise<AsyncDisposable & { readonly url: string; readonly mirror: string }> {
  const server = new PlannedServer(plan);
  const origins = [await startOrigin(), await startOrigin()] as const;
  for (const host of [0, 1] as const) {
    const traits = { ranges: false, etag: null, lastModified: null } as const;
    origins[host].serve(path, { body: 'unused', ...traits });
    origins[host].script(path, ({ asked }) => {
      const { start, end } = asked ?? { start: 0, end: null };
      return answerOf(server.reply({ host, start, end, isRange: asked !== null }), origins[1]);
    });
  }
  return {
    url: origins[0].urlOf(path),
    mirror: origins[1].urlOf(path),
    async [Symbol.asyncDispose]() {
      await Promise.all(origins.map((origin) => origin.close()));
    },
  };
}

async function check(backend: ChosenBackend, plan: ServerPlan, asFile: boolean): Promise<void> {
  await using on = await stage(plan);
  const folder = await mkdtemp(join(tmpdir(), 'sluice-proofs-'));
  const direct = directBy(backend);
  const spec = { ...specFor(on.url, () => {}), request: plan.hasMirror ? { mirrors: [on.mirror] } : {} };
  const pieces: Uint8Array[] = [];
  try {
    if (asFile) {
      const { path: saved } = await direct.fetchFile(
        {
          ...spec,
          folder,
          name: null,
          whenTaken: 'number',
          resumes: true,
          keepsPartial: true,
          maxConnections: 4,
          findsChecksum: false,
          marksOrigin: false,
        },
        never,
      );
      expect(versionOf(await readFile(saved)), JSON.stringify(plan)).not.toBeNull();
      return;
    }
    const sequence = await direct.openSequence({ ...spec, range: null, chunkBytes: 32 * 1024 }, never);
    for (let piece = await sequence.next(); piece !== null; piece = await sequence.next()) pieces.push(piece.slice());
    expect(versionOf(Buffer.concat(pieces)), JSON.stringify(plan)).not.toBeNull();
  } catch (error) {
    if (!(error instanceof SluiceError) || error.code === 'internal') throw error;
    expect(isBeginning(Buffer.concat(pieces)), JSON.stringify(plan)).toBe(true);
  } finally {
    await direct.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Where two versions share a weak name, the bytes that are compared decide, and no rule could do better. */
function isDetectable({ answers }: ServerPlan): boolean {
  return new Set(answers.filter(({ naming }) => naming === 'weak').map(({ version }) => version)).size < 2;
}

describe.each(backends)('by the %s backend', (backend) => {
  it(`F65 F67 F102 F115 F132 one version is what is saved, ${plansPerBackend} plans`, async () => {
    const plans = fc.sample(serverPlan, { numRuns: plansPerBackend, seed: 200 }).filter(isDetectable);
    let next = 0;
    const worker = async (): Promise<void> => {
      for (let index = next++; index < plans.length; index = next++) {
        const plan = plans[index];
        if (plan !== undefined) await check(backend, plan, index % 2 === 0);
      }
    };
    await Promise.all(Array.from({ length: atATime }, worker));
  }, 600_000);
});
