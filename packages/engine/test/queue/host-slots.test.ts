import { expect, it } from 'vitest';
import { HostSlots } from '../../src/queue/host-slots.ts';
import { NameClaims } from '../../src/transfer/name-claims.ts';

it('shares the cap of a host among downloads, and never refuses the first connection of one', () => {
  const slots = new HostSlots(() => 3);
  const first = slots.open('host');
  expect([first.tryTake(), first.tryTake(), first.tryTake()]).toEqual([true, true, false]);
  const second = slots.open('host');
  expect(second.tryTake()).toBe(false);
  first.release();
  first.release();
  expect(second.tryTake()).toBe(true);
  expect(slots.open('elsewhere').tryTake()).toBe(true);
});

it('gives everything back at the end', () => {
  const slots = new HostSlots(() => 2);
  for (let turn = 0; turn < 3; turn += 1) {
    const slot = slots.open('host');
    expect(slot.tryTake()).toBe(true);
    slot.release();
    slot.end();
  }
});

it('F55 lets one download at a time use a path, whatever its case where the disk does not tell', () => {
  const claims = new NameClaims(true);
  expect(claims.claim('/d/File.bin', 'a')).toBe(true);
  expect(claims.claim('/d/file.BIN', 'b')).toBe(false);
  expect(claims.claim('/d/file.bin', 'a')).toBe(true);
  claims.release('a');
  expect(claims.claim('/d/file.BIN', 'b')).toBe(true);
  const exact = new NameClaims(false);
  expect([exact.claim('/d/File', 'a'), exact.claim('/d/file', 'b')]).toEqual([true, true]);
});
