/** Narrow selectors: a component is drawn again only when what it selected is another value. */
import { useStore } from 'zustand';
import type { MirrorState } from '../mirror/mirror.ts';
import type { ViewState } from '../view/view-store.ts';
import { useServices } from './services.ts';

export function useMirror<T>(selector: (state: MirrorState) => T): T {
  return useStore(useServices().mirror, selector);
}

export function useView<T>(selector: (state: ViewState) => T): T {
  return useStore(useServices().view, selector);
}
