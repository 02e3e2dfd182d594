/** Narrow selectors: a component is drawn again only when what it selected is another value. */
import { useStore } from 'zustand';
import type { ReplicaState } from '../replica/replica.ts';
import type { ViewState } from '../view/view-store.ts';
import { useServices } from './services.ts';

export function useReplica<T>(selector: (state: ReplicaState) => T): T {
  return useStore(useServices().replica, selector);
}

export function useView<T>(selector: (state: ViewState) => T): T {
  return useStore(useServices().view, selector);
}
