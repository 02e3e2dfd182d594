/** Which actions are offered for which downloads. */
import { errorCodes } from '@sluice/contract';
import { describe, expect, it } from 'vitest';
import { offered, primaryAction, type Abilities, type Action } from '../../src/commands/actions.ts';
import { download, oneOfEach } from '../download.ts';

const desktop: Abilities = { openFile: () => Promise.resolve(), showInFolder: () => Promise.resolve() };
const browser: Abilities = {};
const [running, queued, waiting, paused, failed, finished, cancelled] = oneOfEach();

describe('primaryAction', () => {
  it.each([
    ['running', running, 'pause'],
    ['queued', queued, 'pause'],
    ['waiting', waiting, 'retryNow'],
    ['paused', paused, 'resume'],
    ['failed for want of the file', failed, 'newLink'],
    ['finished', finished, 'open'],
    ['cancelled', cancelled, 'retry'],
  ])('of a %s download is right', (_, view, action) => {
    expect(view === undefined ? undefined : primaryAction(view.state, desktop)).toBe(action);
  });

  it('of a finished download is nothing where nothing can be opened', () => {
    expect(finished === undefined ? 'none' : primaryAction(finished.state, browser)).toBeUndefined();
  });

  it.each(errorCodes)('of a download failed by %s is a step that applies to it', (code) => {
    const view = download('d1', { state: { kind: 'failed', error: { code } } });
    const action = primaryAction(view.state, desktop);
    expect(action).toBeDefined();
    expect(offered(action ?? 'open', [view], desktop)).toBe(true);
  });
});

describe('a file that has changed on the server', () => {
  const version = { sizeBytes: 10, etag: '"a"', lastModified: null };
  const change = { before: version, now: { ...version, sizeBytes: 11 } };
  const changed = download('d1', { state: { kind: 'failed', error: { code: 'resource-changed' }, change } });
  const choices = ['keepMine', 'fetchBeside', 'replaceMine'] as const;

  it('is offered three choices, and none of them as the first thing to do', () => {
    for (const choice of choices) expect(offered(choice, [changed], browser)).toBe(true);
    expect(primaryAction(changed.state, desktop)).toBeUndefined();
    expect(offered('retry', [changed], browser)).toBe(true);
  });

  it.each(choices)('%s is offered for nothing else', (choice) => {
    expect(offered(choice, oneOfEach(), desktop)).toBe(false);
  });
});

describe('F82 a page that came instead of a file', () => {
  const page = download('d1', { state: { kind: 'failed', error: { code: 'page-instead-of-file' } } });

  it('can be saved anyway, which is not the first thing to do', () => {
    expect(offered('savePage', [page], browser)).toBe(true);
    expect(primaryAction(page.state, desktop)).toBe('newLink');
  });

  it('is not offered for anything else, nor where bytes of a file are on disk', () => {
    expect(offered('savePage', oneOfEach(), desktop)).toBe(false);
    expect(offered('savePage', [{ ...page, receivedBytes: 1 }], desktop)).toBe(false);
    expect(offered('savePage', [{ ...page, state: { kind: 'queued' } }], desktop)).toBe(false);
  });
});

describe('offered', () => {
  it.each<[Action, boolean]>([
    ['pause', true],
    ['resume', true],
    ['retry', true],
    ['remove', true],
    ['cancel', true],
    ['copyLink', true],
    ['open', false],
    ['showInFolder', false],
    ['changeFolder', false],
    ['newLink', false],
  ])('%s for one of each kind: %s', (action, expected) => {
    expect(offered(action, oneOfEach(), desktop)).toBe(expected);
  });

  it('nothing for nothing', () => {
    expect(offered('remove', [], desktop)).toBe(false);
  });

  it('only what the platform can do', () => {
    expect(offered('open', finished === undefined ? [] : [finished], desktop)).toBe(true);
    expect(offered('open', finished === undefined ? [] : [finished], browser)).toBe(false);
  });
});
