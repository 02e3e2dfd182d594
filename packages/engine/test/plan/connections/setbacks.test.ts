import { expect, it } from 'vitest';
import {
  noSetbacks,
  noteBegun,
  noteDelivering,
  noteSetback,
  type Setback,
  type SetbackState,
} from '../../../src/plan/connections/setbacks.ts';

const slip: Setback = {
  code: 'http-malformed',
  deliveredBytes: 0,
  othersOpen: 2,
  youngestAgeMs: null,
  latencyMs: 20,
};
const displaced: Setback = {
  code: 'connection-reset',
  deliveredBytes: 9,
  othersOpen: 1,
  youngestAgeMs: 30,
  latencyMs: 20,
};

function told(
  setbacks: readonly Setback[],
  from: SetbackState = noSetbacks,
): readonly (readonly [number, number | null])[] {
  let state = from;
  return setbacks.map((setback) => {
    const verdict = noteSetback(state, setback);
    state = verdict.state;
    return [verdict.refused, verdict.letsIn] as const;
  });
}

it('F79 one bad answer is an accident, two in a row are a refusal of both', () => {
  expect(told([slip, slip, slip])).toEqual([
    [0, null],
    [2, null],
    [1, null],
  ]);
});

it('F79 an answer that begins well in between makes the next bad one an accident again', () => {
  const first = noteSetback(noSetbacks, slip);
  expect(told([slip], noteBegun(first.state))).toEqual([[0, null]]);
});

it.each(['http-too-many-requests', 'http-unavailable', 'connect-refused'] as const)(
  'F24 a server that says so needs no second try: %s',
  (code) =>
    expect(
      told([
        { ...slip, code },
        { ...slip, code },
      ]),
    ).toEqual([
      [1, null],
      [1, null],
    ]),
);

it('F78 three that break when a younger one comes show how many are kept', () => {
  expect(told([displaced, displaced, displaced])).toEqual([
    [0, null],
    [0, null],
    [1, 1],
  ]);
  expect(told([{ ...displaced, othersOpen: 3 }, { ...displaced, othersOpen: 2 }, displaced]).at(-1)).toEqual([1, 1]);
});

it.each([
  ['that is silent', { ...displaced, code: 'stalled' as const }],
  ['without a younger one', { ...displaced, youngestAgeMs: null }],
  ['long after a younger one came', { ...displaced, youngestAgeMs: 1500 }],
])('F33 one %s breaks by itself', (_of, broken) => {
  expect(told([broken, broken, broken, broken]).flat()).toEqual([0, null, 0, null, 0, null, 0, null]);
});

it('F78 what worked side by side for two seconds shows that none has to give way', () => {
  const twice = [displaced, displaced].reduce((state, one) => noteSetback(state, one).state, noSetbacks);
  const briefly = noteDelivering(noteDelivering(twice, 2, 1000), 2, 2900);
  expect(told([displaced], briefly)).toEqual([[1, 1]]);
  const interrupted = noteDelivering(noteDelivering(noteDelivering(twice, 2, 1000), 1, 2000), 2, 3100);
  expect(told([displaced], interrupted)).toEqual([[1, 1]]);
  const long = noteDelivering(noteDelivering(twice, 2, 1000), 3, 3100);
  expect(told([displaced], long)).toEqual([[0, null]]);
});
