/** What a kernel may do to a read or a write short of failing it. */
import * as fs from 'node:fs/promises';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createNodeFiles } from '../../../src/adapters/files/node-files.ts';
import type { Files } from '../../../src/ports/files.ts';
import { errnoError, temporaryFolder } from './temporary-folder.ts';

type Handle = fs.FileHandle;
interface Slot {
  readonly buffer: Uint8Array;
  readonly offset: number;
  readonly length: number;
  readonly position: number;
}
/** What to do with one call: let it move this many bytes, or fail. */
type Answer = (slot: Slot) => number | NodeJS.ErrnoException;

/** Files whose handles answer each read and write as told. */
function filesAnswering(answers: { readonly write?: Answer; readonly read?: Answer }): Files {
  const open = async (...parameters: Parameters<typeof fs.open>): Promise<Handle> => {
    const handle = await fs.open(...parameters);
    return new Proxy(handle, {
      get(target, property) {
        const move = async (answer: Answer, name: 'read' | 'write', slot: Slot) => {
          const told = answer(slot);
          if (told instanceof Error) throw told;
          if (name === 'read') return target.read(slot.buffer, slot.offset, told, slot.position);
          return target.write(slot.buffer, slot.offset, told, slot.position);
        };
        for (const name of ['read', 'write'] as const) {
          const answer = answers[name];
          if (property !== name || answer === undefined) continue;
          return (buffer: Uint8Array, offset: number, length: number, position: number) =>
            move(answer, name, { buffer, offset, length, position });
        }
        const value: unknown = Reflect.get(target, property, target);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
  };
  return createNodeFiles(process.platform, { system: { ...fs, open } });
}

const text = Buffer.from('the quick brown fox jumps over the lazy dog');

describe('F43 a write', () => {
  test('that the kernel cuts short goes on where it was cut', async () => {
    const path = join(temporaryFolder(), 'file');
    const file = await filesAnswering({ write: ({ length }) => Math.min(length, 3) }).create(path);
    await file.write(text, 5);
    await file.close();
    expect(readFileSync(path).subarray(5).equals(text)).toBe(true);
  });

  test.each(['EINTR', 'EAGAIN'])('that is interrupted by %s is tried again', async (errno) => {
    const path = join(temporaryFolder(), 'file');
    let calls = 0;
    const write: Answer = ({ length }) => ((calls += 1) % 2 === 1 ? errnoError(errno) : Math.min(length, 20));
    const file = await filesAnswering({ write }).create(path);
    await file.write(text, 0);
    await file.close();
    expect(readFileSync(path).equals(text)).toBe(true);
  });

  test('that never gets anywhere ends', async () => {
    const file = await filesAnswering({ write: () => 0 }).create(join(temporaryFolder(), 'file'));
    await expect(file.write(text, 0)).rejects.toMatchObject({ code: 'disk-io' });
    await file.close();
  });

  test('that fails half-way says why', async () => {
    let calls = 0;
    const write: Answer = () => ((calls += 1) === 1 ? 10 : errnoError('ENOSPC'));
    const file = await filesAnswering({ write }).create(join(temporaryFolder(), 'file'));
    await expect(file.write(text, 0)).rejects.toMatchObject({ code: 'disk-full', facts: { operation: 'write' } });
    await file.close();
  });
});

describe('F43 a read', () => {
  test('that the kernel cuts short or interrupts still fills its buffer', async () => {
    const path = join(temporaryFolder(), 'file');
    writeFileSync(path, text);
    let calls = 0;
    const read: Answer = ({ length }) => ((calls += 1) % 3 === 0 ? errnoError('EINTR') : Math.min(length, 7));
    const file = await filesAnswering({ read }).open(path);
    const into = Buffer.alloc(text.length);
    expect(await file.read(into, 0)).toBe(text.length);
    expect(into.equals(text)).toBe(true);
    await file.close();
  });

  test('that is interrupted for ever ends', async () => {
    const path = join(temporaryFolder(), 'file');
    writeFileSync(path, text);
    const file = await filesAnswering({ read: () => errnoError('EAGAIN') }).open(path);
    await expect(file.read(Buffer.alloc(3), 0)).rejects.toMatchObject({ code: 'disk-io' });
    await file.close();
  });
});
