/** Gives jsdom the few things the window needs and a page without layout does not have. */
import { cleanup } from '@testing-library/react';
import { afterEach } from 'vitest';

afterEach(() => {
  cleanup();
  localStorage.clear();
});

class NoResizes implements ResizeObserver {
  observe(): void {
    // Nothing is ever laid out, so nothing is ever resized.
  }
  unobserve(): void {
    // As above.
  }
  disconnect(): void {
    // As above.
  }
}
globalThis.ResizeObserver = NoResizes;

// The window reads whether it matches and listens for changes; the deprecated rest is left out.
window.matchMedia = (media) => Object.assign(new EventTarget(), { media, matches: false }) as MediaQueryList;

// The list draws the rows that fit its height.
Object.defineProperties(Element.prototype, {
  clientHeight: { configurable: true, get: () => 600 },
  clientWidth: { configurable: true, get: () => 900 },
});
Element.prototype.scrollTo = () => undefined;
HTMLCanvasElement.prototype.getContext = () => null;
