/** Which file without a name of its own is the one that its name tells of. */
import { describe, expect, it } from 'vitest';
import { matchesSign, signOfBytes, signOfFile } from '../../src/store/staged-sign.ts';

const bytes = Uint8Array.from({ length: 2000 }, (_, index) => (index % 251) + 1);

/** A disk on which the file is `there` now. */
function on(there: Uint8Array) {
  return { readWhole: (_path: string, most: number) => Promise.resolve(there.subarray(0, most)) };
}

function matches(there: Uint8Array, sign = signOfBytes(bytes)): Promise<boolean> {
  return matchesSign(on(there), '/x', { sign, there: { identity: 'i', sizeBytes: there.length } });
}

describe('a file known by its bytes', () => {
  it('is told by length, checksum and beginning', async () => {
    expect(await matches(bytes)).toBe(true);
    expect(signOfBytes(bytes)).not.toBe(signOfBytes(bytes.with(1999, 0)));
    expect(signOfBytes(bytes).split('+')).toHaveLength(4);
  });

  it('may be cut off, or lack sectors', async () => {
    expect(await matches(bytes.subarray(0, 1500))).toBe(true);
    expect(await matches(new Uint8Array(0))).toBe(true);
    const lacking = bytes.slice();
    lacking.fill(0, 512, 1024);
    expect(await matches(lacking)).toBe(true);
    expect(await matches(new Uint8Array(2000))).toBe(true);
  });

  it('is another one where it is longer, begins otherwise, or differs in a byte', async () => {
    const longer = new Uint8Array(2001);
    longer.set(bytes);
    expect(await matches(longer)).toBe(false);
    expect(await matches(bytes.with(0, 200))).toBe(false);
    expect(await matches(bytes.with(7, 200).subarray(0, 1500))).toBe(false);
    expect(await matches(bytes.with(1999, 200))).toBe(false);
    // A zeroed stretch that is no whole sector was written so by somebody.
    const odd = bytes.slice();
    odd.fill(0, 512, 1023);
    expect(await matches(odd)).toBe(false);
  });

  it('is not read when it is larger than what is saved whole', async () => {
    const files = { readWhole: () => Promise.reject(new Error('must not be read')) };
    const sizeBytes = 64 * 1024 * 1024 + 1;
    const sign = `b+${sizeBytes.toString(36)}+0+`;
    expect(await matchesSign(files, '/x', { sign, there: { identity: 'i', sizeBytes } })).toBe(false);
  });
});

describe('a file known by its identity', () => {
  it.each([
    ['i', true],
    ['j', false],
  ])('%s: %s', async (identity, expected) => {
    expect(await matches(bytes, signOfFile(identity))).toBe(expected);
  });

  it('survives any text', async () => {
    const identity = 'é+/x';
    expect(await matchesSign(on(bytes), '/x', { sign: signOfFile(identity), there: { identity, sizeBytes: 1 } })).toBe(
      true,
    );
  });
});

it.each(['', 'b', 'b+', 'x+1+1+', 'b+zz!+1+'])('%j matches nothing that is there', async (sign) => {
  expect(await matches(bytes, sign)).toBe(false);
});
