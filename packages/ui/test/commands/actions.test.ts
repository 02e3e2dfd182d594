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
