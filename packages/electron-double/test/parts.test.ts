/** The double's parts that need no Chromium: cloning, ports, addresses and the single-instance lock. */
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { addStandardScheme, appOrigin, toAppAddress, toPageAddress } from '../src/main-process/pages/addresses.ts';
import { DoubleMessageChannelMain, type DoubleMessagePortMain } from '../src/main-process/pages/message-port-main.ts';
import { InstanceLock, type SecondInstance } from '../src/main-process/single-instance.ts';
import { decodeClone, encodeClone } from '../src/page/clone-codec.ts';
import { temporaryFolder } from './launch.ts';

function throughJson(value: unknown): unknown {
  const text = JSON.stringify(encodeClone(value));
  return decodeClone(JSON.parse(text));
}

describe('clones', () => {
  test('arrive as a structured clone would', () => {
    const values = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
    });
    fc.assert(
      fc.property(values, (value) => {
        expect(throughJson(value)).toEqual(structuredClone(value));
      }),
    );
  });

  test.for([
    ['a tag of its own', { $: 'date', v: 1 }],
    ['minus zero', -0],
    ['not a number', Number.NaN],
    ['infinity', [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]],
    ['undefined in an object', { a: undefined }],
    ['a buffer', new Uint8Array([1, 2, 255]).buffer],
  ] as const)('keep %s', ([, value]) => {
    expect(throughJson(value)).toStrictEqual(structuredClone(value));
  });

  test.for([
    ['a function', () => 1],
    ['a symbol', Symbol('s')],
    ['a promise', Promise.resolve()],
    ['a function inside', { deep: [() => 1] }],
  ] as const)('refuse %s', ([, value]) => {
    expect(() => encodeClone(value)).toThrow(expect.objectContaining({ name: 'DataCloneError' }));
  });
});

interface PortEvent {
  readonly data: unknown;
  readonly ports: readonly DoubleMessagePortMain[];
}

function next(port: DoubleMessagePortMain): Promise<PortEvent> {
  return new Promise((resolve) => port.once('message', resolve));
}

describe('ports', () => {
  test('queue until they are started, and clone what they carry', async () => {
    const { port1, port2 } = new DoubleMessageChannelMain();
    const message = { a: 1 };
    port1.postMessage(message);
    message.a = 2;
    const arrived = next(port2);
    port2.start();
    expect((await arrived).data).toEqual({ a: 1 });
  });

  test('travel over other ports with what is queued for them', async () => {
    const carrier = new DoubleMessageChannelMain();
    const cargo = new DoubleMessageChannelMain();
    cargo.port1.postMessage('early');
    carrier.port2.start();
    const arrived = next(carrier.port2);
    carrier.port1.postMessage('with a port', [cargo.port2]);
    const [port] = (await arrived).ports;
    if (port === undefined) throw new Error('no port arrived');
    const first = next(port);
    port.start();
    expect((await first).data).toBe('early');
    cargo.port1.start();
    const back = next(cargo.port1);
    port.postMessage('back');
    expect((await back).data).toBe('back');
    expect(() => carrier.port1.postMessage('again', [cargo.port2])).toThrow('neutered');
    expect(() => cargo.port2.postMessage('gone')).toThrow('transferred');
  });

  test('tell both ends when one closes, behind what was sent before', async () => {
    const { port1, port2 } = new DoubleMessageChannelMain();
    const seen: string[] = [];
    port1.on('close', () => seen.push('own close'));
    port2.on('message', ({ data }: { data: string }) => seen.push(data));
    port2.start();
    port1.postMessage('last words');
    const closed = once(port2, 'close');
    port1.close();
    await closed;
    expect(seen).toEqual(['own close', 'last words']);
    port2.postMessage('into the void');
  });
});

describe('addresses', () => {
  addStandardScheme('sluice');

  test.for([
    ['sluice://app/index.html?a=1#b', 'https://app.sluice.invalid/index.html?a=1#b', 'sluice://app'],
    ['https://example.test/x', 'https://example.test/x', 'https://example.test'],
    ['other://app/x', 'other://app/x', 'null'],
  ] as const)('%s is %s in the page', ([app, page, origin]) => {
    expect(toPageAddress(app)).toBe(page);
    expect(toAppAddress(page)).toBe(app);
    expect(appOrigin(app)).toBe(origin);
  });

  test('a foreign address is not taken for ours', () => {
    for (const address of [
      'http://app.sluice.invalid/',
      'https://app.sluice.invalid.test/',
      'https://sluice.invalid/',
    ]) {
      expect(toAppAddress(address)).toBe(address);
    }
  });
});

describe('the single-instance lock', () => {
  function lockOf(folder: string): { lock: InstanceLock; seconds: Promise<SecondInstance> } {
    const seconds = Promise.withResolvers<SecondInstance>();
    const lock = new InstanceLock(folder, seconds.resolve);
    onTestFinished(() => lock.release());
    return { lock, seconds: seconds.promise };
  }

  test('is held by one, who hears of the others', async () => {
    const folder = temporaryFolder();
    const first = lockOf(folder);
    expect(first.lock.acquire(null)).toBe(true);
    expect(first.lock.acquire(null)).toBe(true);
    expect(lockOf(folder).lock.acquire({ links: ['a'] })).toBe(false);
    expect(await first.seconds).toMatchObject({ additionalData: { links: ['a'] }, workingFolder: process.cwd() });
    first.lock.release();
    expect(lockOf(folder).lock.acquire(null)).toBe(true);
  });

  test('is nobody’s when its process is gone', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'double-instance'), { recursive: true });
    // No process has a number this high.
    writeFileSync(join(folder, 'double-instance', 'lock'), '4194999');
    expect(lockOf(folder).lock.acquire(null)).toBe(true);
  });
});
