/** Who is handed ports, and who is not. */
import { describe, expect, test } from 'vitest';
import type { WebFrameMain } from 'electron';
import { isTrustedFrame, isTrustedSender, type Sender } from '../../../src/main/window/sender.ts';

interface FrameFields {
  readonly url?: string;
  readonly parent?: WebFrameMain | null;
  readonly destroyed?: boolean;
}

function frame({ url = 'sluice://app/index.html', parent = null, destroyed = false }: FrameFields = {}): NonNullable<
  Sender['senderFrame']
> {
  return { url, parent, isDestroyed: () => destroyed };
}

describe('a trusted sender', () => {
  test('is the main frame of our page in our window', () => {
    expect(isTrustedFrame(frame())).toBe(true);
    expect(isTrustedSender({ sender: { id: 1 }, senderFrame: frame() }, { webContents: { id: 1 } })).toBe(true);
  });

  test.for([
    'https://app/index.html',
    'sluice://other/index.html',
    'sluice://app.evil.test/index.html',
    'sluice://user@app/index.html',
    'sluice://app:1/index.html',
    'sluice:app/index.html',
    'file:///app/index.html',
    'about:blank',
    'data:text/html,sluice://app/',
    'blob:sluice://app/1',
    'not an address',
    '',
  ])('is not at %s', (url) => {
    expect(isTrustedFrame(frame({ url }))).toBe(false);
  });

  test('is not a frame inside another, nor one that is gone, nor one unknown', () => {
    // Only whether there is a parent counts.
    const parent = frame() as unknown as WebFrameMain;
    expect(isTrustedFrame(frame({ parent }))).toBe(false);
    expect(isTrustedFrame(frame({ destroyed: true }))).toBe(false);
    expect(isTrustedFrame(null)).toBe(false);
  });

  test('is not another window, nor any while there is none', () => {
    const event = { sender: { id: 2 }, senderFrame: frame() };
    expect(isTrustedSender(event, { webContents: { id: 1 } })).toBe(false);
    expect(isTrustedSender(event, undefined)).toBe(false);
  });
});
