/** What is read from a drop. */
import { describe, expect, it } from 'vitest';
import { droppedText, mayHoldLinks, readDropped } from '../../src/add/dropped-text.ts';

function drop(data: Readonly<Record<string, string>>) {
  return { getData: (type: string) => data[type] ?? '' };
}

describe('droppedText', () => {
  it('prefers the exact list of links, without its comments and local files', () => {
    const data = {
      'text/uri-list': '# two\r\nhttps://a.org/1\r\nfile:///home/x\r\nhttps://a.org/2',
      'text/plain': 'A title',
    };
    expect(droppedText(drop(data))).toBe('https://a.org/1\nhttps://a.org/2');
  });

  it('takes plain text when there is no list', () => {
    expect(droppedText(drop({ 'text/plain': 'see https://a.org/1' }))).toBe('see https://a.org/1');
  });

  it('reads files that may hold links, and leaves others alone', async () => {
    const files = [
      new File(['https://a.org/1'], 'links.txt', { type: 'text/plain' }),
      new File(['https://a.org/2'], 'LINKS.LIST'),
      new File(['https://a.org/3'], 'film.mp4', { type: 'video/mp4' }),
      new File(['{}'], 'net.har'),
    ];
    expect((await readDropped(files)).map(({ name }) => name)).toEqual(['links.txt', 'LINKS.LIST', 'net.har']);
  });
});

describe('mayHoldLinks', () => {
  it.each([
    [['text/uri-list'], true],
    [['Files'], true],
    [['text/html', 'text/plain'], true],
    [['application/x-moz-node'], false],
    [[], false],
  ])('of %j is %s', (types, expected) => {
    expect(mayHoldLinks(types)).toBe(expected);
  });
});
