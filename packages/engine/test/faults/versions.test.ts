/** Servers whose answers are of several versions, or lie: by every backend and in every form one version is saved. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Play, playPath, plays, versionA, versionB } from '@sluice/testkit/plays';
import { seededBytes, startOrigin } from '@sluice/testkit/origin';
import { describe, expect, it } from 'vitest';
import { createHttpPort } from '../../src/adapters/http/index.ts';
import type { ChosenBackend } from '../../src/plan/connections/choose-backend.ts';
import { startEngine } from '../engine/harness.ts';
import { spread } from './spread.ts';
import { codeOf, directBy, backends, specFor } from './ways.ts';

const sizeBytes = 3 * 1024 * 1024;
/** Slow enough that further connections are worth a try. */
const bytesPerSecond = 1536 * 1024;

interface Got {
  readonly bytes: Buffer | null;
  readonly code: string | null;
}

interface Form {
  readonly name: 'list' | 'file' | 'sequence';
  fetch(backend: ChosenBackend, url: string): Promise<Got>;
}

const inList: Form = {
  name: 'list',
  async fetch(backend, url) {
    const settings = { maxAttempts: 4, retryWaitMs: 100, retryWaitLimitMs: 100 };
    await using test = await startEngine({ settings, ports: { http: createHttpPort({ backend }) } });
    const id = await test.add(url);
    const ended = await test.until(id, (now) => isOver(now.state.kind));
    // A list asks a person before it fetches another version.
    const hasChanged = ended.state.kind === 'failed' && ended.state.change !== undefined;
    if (hasChanged) await test.replaceChanged(id);
    const { state, name } = hasChanged ? await test.until(id, (now) => isOver(now.state.kind)) : ended;
    if (state.kind === 'failed') return { bytes: null, code: state.error.code };
    return { bytes: state.kind === 'finished' ? await readFile(test.path(name)) : null, code: null };
  },
};

function isOver(kind: string): boolean {
  return kind === 'finished' || kind === 'failed';
}

const asFile: Form = {
  name: 'file',
  async fetch(backend, url) {
    const folder = await mkdtemp(join(tmpdir(), 'sluice-versions-'));
    const direct = directBy(backend);
    const spec = {
      ...specFor(url, () => {}),
      folder,
      name: null,
      whenTaken: 'number',
      resumes: true,
      keepsPartial: true,
      maxConnections: 8,
      findsChecksum: false,
      marksOrigin: false,
    } as const;
    try {
      return { bytes: await readFile((await direct.fetchFile(spec, never)).path), code: null };
    } catch (error) {
      return { bytes: null, code: codeOf(error) };
    } finally {
      await direct.close();
      await rm(folder, { recursive: true });
    }
  },
};

const asSequence: Form = {
  name: 'sequence',
  async fetch(backend, url) {
    const direct = directBy(backend);
    const pieces: Uint8Array[] = [];
    let code: string | null = null;
    try {
      const sequence = await direct.openSequence({ ...specFor(url, () => {}), range: null, chunkBytes: 65_536 }, never);
      for (let piece = await sequence.next(); piece !== null; piece = await sequence.next()) pieces.push(piece);
    } catch (error) {
      code = codeOf(error);
    } finally {
      await direct.close();
    }
    return { bytes: Buffer.concat(pieces), code };
  },
};

const never = new AbortController().signal;

/** What is right, by fault: the version, or of a sequence, which cannot take back what it handed on, the failure. */
const rights: Readonly<Record<string, { readonly file: 'A' | 'B' | 'either'; readonly sequence: string }>> = {
  F65: { file: 'A', sequence: 'A' },
  F66: { file: 'A', sequence: 'A' },
  F67: { file: 'A', sequence: 'A' },
  F71: { file: 'A', sequence: 'A' },
  F102: { file: 'A', sequence: 'A' },
  F115: { file: 'A', sequence: 'A' },
  F132: { file: 'B', sequence: 'resource-changed' },
  'the first answer breaks off, and everything is of another version without validators': {
    file: 'B',
    sequence: 'resource-changed',
  },
  'another tag, and the first eighth of the file is another one': { file: 'either', sequence: 'either' },
};

const forms = [inList, asFile, asSequence];
const mine = plays.filter(({ fault }) => fault in rights);

describe.concurrent.each(backends)('by the %s backend', (backend) => {
  describe.each(forms)('as a $name', (form) => {
    const some = spread(mine, { backend, form: forms.indexOf(form), forms: forms.length });
    it.each(some.map((play) => [`${play.fault} ${play.name}`, play] as const))('%s', async (_name, play) => {
      await using origin = await startOrigin();
      play.stage(origin, { sizeBytes, bytesPerSecond });
      const got = await form.fetch(backend, origin.urlOf(playPath));
      check(play, form, got);
    });
  });
});

function check(play: Play, form: Form, { bytes, code }: Got): void {
  const right = (rights[play.name] ?? rights[play.fault])?.[form.name === 'sequence' ? 'sequence' : 'file'];
  const versions = { A: seededBytes(versionA, 0, sizeBytes), B: seededBytes(versionB, 0, sizeBytes) };
  if (right === 'A' || right === 'B') {
    expect(code).toBeNull();
    expect(bytes?.length).toBe(sizeBytes);
    expect(bytes?.equals(versions[right])).toBe(true);
    return;
  }
  if (right !== 'either') {
    expect(code).toBe(right);
    expect(bytes?.equals(versions.A.subarray(0, bytes.length))).toBe(true);
    return;
  }
  if (code !== null || bytes === null) return;
  // What the new version has is the new first eighth, and the old rest.
  const mixed = versions.A.slice();
  mixed.set(versions.B.subarray(0, sizeBytes / 8));
  expect(bytes.equals(mixed) || bytes.equals(versions.A)).toBe(true);
}
