/** What a further connection's part has to show: its own words first, then its bytes. */
import { expect, it } from 'vitest';
import { joinRule } from '../../../src/plan/ranges/join-rule.ts';
import type { Resource } from '../../../src/plan/response/resource.ts';
import { laterModified, resource } from '../resources.ts';

const bare = { etag: null, lastModified: null };
const weak = { etag: 'W/"v1"', lastModified: null };
const young = { etag: null, date: 'Mon, 01 Jan 2024 00:00:01 GMT' };

const rows: readonly {
  readonly why: string;
  readonly known?: Partial<Resource>;
  readonly seen: Partial<Resource>;
  readonly rule: ReturnType<typeof joinRule>;
}[] = [
  { why: 'the same strong tag', seen: {}, rule: 'at-once' },
  { why: 'F65 no validator of its own', seen: bare, rule: 'behind-overlap' },
  { why: 'a weak tag for a strong one', seen: { ...bare, etag: 'W/"v1"' }, rule: 'behind-overlap' },
  { why: 'F65 no tag, an equal strong date', seen: { etag: null }, rule: 'at-once' },
  { why: 'no tag, an equal weak date', known: { date: null }, seen: { ...young, date: null }, rule: 'behind-overlap' },
  { why: 'F102 another tag alone', seen: { etag: '"v2"' }, rule: 'never' },
  { why: 'F71 another tag and date', seen: { etag: '"v2"', lastModified: laterModified }, rule: 'never' },
  { why: 'another length', seen: { totalBytes: 1001 }, rule: 'never' },
  { why: 'a weak tag that stays', known: weak, seen: weak, rule: 'at-once' },
  { why: 'F65 a weak tag that is left out', known: weak, seen: bare, rule: 'behind-overlap' },
  { why: 'a weak date that stays', known: young, seen: young, rule: 'at-once' },
  { why: 'F65 a weak date that is left out', known: young, seen: bare, rule: 'behind-overlap' },
  { why: 'a weak tag, length left out', known: weak, seen: { ...weak, totalBytes: null }, rule: 'behind-overlap' },
  { why: 'F115 no validator on either side', known: bare, seen: bare, rule: 'behind-overlap' },
];

it.each(rows)('$why: $rule', ({ known = {}, seen, rule }) => {
  expect(joinRule(resource(known), resource(seen))).toBe(rule);
});
