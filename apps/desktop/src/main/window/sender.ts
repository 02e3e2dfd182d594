/** Decides whether a message comes from our own page: its main frame, at our own address, in our own window. */
import type { WebContents, WebFrameMain } from 'electron';
import { isOwnAddress } from '../../shared/addresses.ts';

type Frame = Pick<WebFrameMain, 'url' | 'parent' | 'isDestroyed'>;

/** @param frame null when it has navigated away or is gone: then the sender cannot be known, and is refused */
export function isTrustedFrame(frame: Frame | null): frame is Frame {
  return frame !== null && !frame.isDestroyed() && frame.parent === null && isOwnAddress(frame.url);
}

export interface Sender {
  readonly sender: Pick<WebContents, 'id'>;
  readonly senderFrame: Frame | null;
}

export function isTrustedSender(
  event: Sender,
  window: { readonly webContents: Pick<WebContents, 'id'> } | undefined,
): boolean {
  return window !== undefined && event.sender.id === window.webContents.id && isTrustedFrame(event.senderFrame);
}
