import { expect, it } from 'vitest';
import { createMemoryRecords } from '../../src/adapters/records/memory-records.ts';
import { lessonLifetimeMs } from '../../src/download/host-lesson.ts';
import { Hosts } from '../../src/servers/hosts.ts';
import { createFakeClock } from '@sluice/testkit/clock';
import { NameClaims } from '../../src/transfer/file/name-claims.ts';

function hostsWithCap(cap: number): Hosts {
  return new Hosts({ clock: createFakeClock(), records: createMemoryRecords(), cap: () => cap });
}

it('remembers what a host rewarded, also for the next start, and forgets it after a day', async () => {
  const clock = createFakeClock();
  const records = createMemoryRecords();
  const parts = { clock, records, cap: () => 8 };
  expect(new Hosts(parts).open('host').lesson()).toBeNull();
  new Hosts(parts).open('host').learn({ level: 4, refusedAbove: null });
  const later = new Hosts(parts);
  expect(later.open('host').lesson()).toMatchObject({ level: 4, refusedAbove: null });
  expect(later.open('other').lesson()).toBeNull();
  await clock.advance(lessonLifetimeMs);
  expect(later.open('host').lesson()).toBeNull();
});

it('F23 keeps the longest cooldown that a host asked for', () => {
  const hosts = hostsWithCap(1);
  hosts.startCooldown('host', 9000);
  hosts.startCooldown('host', 4000);
  expect([hosts.cooldownUntilMs('host'), hosts.cooldownUntilMs('other')]).toEqual([9000, 0]);
});

it('F23 ends a cooldown when a person says so, until the host asks again', () => {
  const hosts = hostsWithCap(1);
  hosts.startCooldown('host', 9000);
  hosts.endCooldown('host');
  expect(hosts.cooldownUntilMs('host')).toBe(0);
  hosts.startCooldown('host', 5000);
  expect(hosts.cooldownUntilMs('host')).toBe(5000);
});

it('shares the cap of a host among downloads, and never refuses the first connection of one', () => {
  const hosts = hostsWithCap(3);
  const first = hosts.open('host');
  expect([first.tryTake(), first.tryTake(), first.tryTake()]).toEqual([true, true, false]);
  const second = hosts.open('host');
  expect(second.tryTake()).toBe(false);
  first.release();
  first.release();
  expect(second.tryTake()).toBe(true);
  expect(hosts.open('elsewhere').tryTake()).toBe(true);
});

it('gives everything back at the end', () => {
  const hosts = hostsWithCap(2);
  for (let turn = 0; turn < 3; turn += 1) {
    const slot = hosts.open('host');
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
  expect([claims.claim('/d/second', 'a'), claims.claim('/d/other', 'c')]).toEqual([true, true]);
  claims.release('a');
  expect([claims.claim('/d/file.BIN', 'b'), claims.claim('/d/second', 'b')]).toEqual([true, true]);
  claims.release('a');
  expect([claims.claim('/d/file.bin', 'a'), claims.claim('/d/other', 'a')]).toEqual([false, false]);
  const exact = new NameClaims(false);
  expect([exact.claim('/d/File', 'a'), exact.claim('/d/file', 'b')]).toEqual([true, true]);
});

it('F23 a host in a cooldown lets no further connection in, of any download', () => {
  const clock = createFakeClock();
  const hosts = new Hosts({ clock, records: createMemoryRecords(), cap: () => 8 });
  const share = hosts.open('host');
  hosts.startCooldown('host', clock.wallMs() + 1000);
  expect([share.tryTake(), hosts.allowance('host').tryTake(), hosts.allowance('other').tryTake()]).toEqual([
    false,
    false,
    true,
  ]);
  hosts.endCooldown('host');
  expect(share.tryTake()).toBe(true);
});

it("counts a mirror's connections with those of the host's own downloads", () => {
  const hosts = hostsWithCap(2);
  const share = hosts.open('host');
  const mirror = hosts.allowance('host');
  expect([mirror.tryTake(), mirror.tryTake(), share.tryTake()]).toEqual([true, false, false]);
  mirror.release();
  expect(share.tryTake()).toBe(true);
});
