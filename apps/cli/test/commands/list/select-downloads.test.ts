/** Which downloads a word means. */
import type { DownloadView } from '@sluice/contract';
import { describe, expect, test } from 'vitest';
import { idLength, selectDownloads } from '../../../src/commands/list/select-downloads.ts';
import { view } from '../../report/views.ts';

const list: readonly DownloadView[] = [
  view({ id: 'aaaa1111-1', name: 'one.iso', url: 'https://a/one.iso' }),
  view({ id: 'aaaa2222-2', name: 'two.iso', url: 'https://a/two.iso', state: { kind: 'paused' } }),
  view({ id: 'bbbb3333-3', name: 'same', url: 'https://a/3', state: { kind: 'paused' } }),
  view({ id: 'cccc4444-4', name: 'same', url: 'https://b/3' }),
  view({ id: 'dddd5555-5', name: 'aaaa1', url: 'https://b/4' }),
];

function select(
  names: readonly string[],
  more: { all?: boolean; states?: readonly DownloadView['state']['kind'][] } = {},
) {
  const selected = selectDownloads(list, { names, all: more.all ?? false, states: more.states ?? null });
  return selected.kind === 'ok' ? selected.value.map(({ id }) => id.slice(-1)).join('') : selected.usageError;
}

describe('selectDownloads', () => {
  test.each([
    [['aaaa1111-1'], '1'],
    [['aaaa11'], '1'],
    [['b'], '3'],
    [['two.iso', 'one.iso'], '21'],
    [['one.iso', 'aaaa1111'], '1'],
    [['https://ann:secret@a/two.iso#part'], '2'],
    [['https://b/3'], '4'],
    [['aaaa1'], '5'],
  ])('%j means %s', (names, expected) => {
    expect(select(names)).toBe(expected);
  });

  test.each([
    [['nothing'], { kind: 'no-such-download', word: 'nothing' }],
    [[''], { kind: 'no-such-download', word: '' }],
    [['one.iso', 'gone'], { kind: 'no-such-download', word: 'gone' }],
    [['aaaa'], { kind: 'several-downloads', word: 'aaaa', ids: ['aaaa1111-1', 'aaaa2222-2'] }],
    [['same'], { kind: 'several-downloads', word: 'same', ids: ['bbbb3333-3', 'cccc4444-4'] }],
  ])('%j is refused', (names, usageError) => {
    expect(select(names)).toEqual(usageError);
  });

  test('all, those in a state, and nothing', () => {
    expect(select([], { all: true })).toBe('12345');
    expect(select([], { states: ['paused'] })).toBe('23');
    expect(select(['one.iso', 'two.iso'], { states: ['paused'] })).toBe('2');
    expect(select([])).toBe('');
  });
});

test('ids are shown as long as it takes to tell them apart', () => {
  expect(idLength([])).toBe(8);
  expect(idLength(list)).toBe(8);
  expect(idLength([view({ id: '0123456789ab' }), view({ id: '0123456789cd' })])).toBe(11);
});
