import { expect, it } from 'vitest';
import { rankSources } from '../../../src/plan/connections/choose-source.ts';

it.each([
  { of: 'one link', sources: [{ open: 3, bytesPerMs: 10 }], ranked: [0] },
  {
    of: 'the one with fewer connections',
    sources: [
      { open: 2, bytesPerMs: 10 },
      { open: 1, bytesPerMs: 10 },
    ],
    ranked: [1, 0],
  },
  {
    of: 'the link itself among equals',
    sources: [
      { open: 1, bytesPerMs: 10 },
      { open: 1, bytesPerMs: 30 },
    ],
    ranked: [0, 1],
  },
  {
    of: 'one that has not shown its pace',
    sources: [
      { open: 1, bytesPerMs: 10 },
      { open: 0, bytesPerMs: null },
    ],
    ranked: [1, 0],
  },
  {
    of: 'the fast one, whatever it has already',
    sources: [
      { open: 5, bytesPerMs: 100 },
      { open: 1, bytesPerMs: 20 },
    ],
    ranked: [0, 1],
  },
])('prefers $of', ({ sources, ranked }) => {
  expect(rankSources(sources)).toEqual(ranked);
});
