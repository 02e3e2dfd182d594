/** The keys that work anywhere in the window, outside of text fields and dialogs. */
import { useEffect } from 'react';
import { clearSelected, selectAll } from '../list/selection.ts';
import { openDialog } from '../view/view-store.ts';
import { focusNextRegion } from './regions.ts';
import { isControl, isInLayer, isTextField } from './focus-place.ts';
import { useServices, type Services } from './services.ts';

export const searchFieldId = 'search-downloads';

export function useShortcuts(): void {
  const services = useServices();
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.isComposing || isInLayer(event.target)) return;
      const shortcut = shortcutOf(event, services);
      if (shortcut === undefined) return;
      event.preventDefault();
      // A key that is held down moves on and on, and does everything else once.
      if (!event.repeat || event.altKey) shortcut();
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [services]);
}

function shortcutOf(event: KeyboardEvent, services: Services): (() => void) | undefined {
  const { view, commands, notices } = services;
  const commandKey = services.platform.os === 'darwin' ? event.metaKey : event.ctrlKey;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (commandKey && key === 'f') return focusSearch;
  if (commandKey && key === 'k') return () => openDialog(view, { kind: 'palette' });
  if (key === 'F6') return () => focusNextRegion(document, document.activeElement, event.shiftKey ? -1 : 1);
  if (isTextField(event.target)) return undefined;
  const { selection, order } = view.getState();
  const ids = order.filter((id) => selection.selected.has(id));
  if (commandKey && key === 'a') return () => view.setState({ selection: selectAll(selection, order) });
  const undo = notices.store.getState().findLast((notice) => notice.action !== undefined)?.action;
  if (commandKey && key === 'z' && undo !== undefined) return () => undo.run();
  if (commandKey && key === 'n') return () => openDialog(view, { kind: 'add', text: '' });
  if (event.altKey) return moveOf(key, () => ids, services);
  if (commandKey || event.metaKey || event.ctrlKey) return undefined;
  switch (key) {
    case 'n':
      return () => openDialog(view, { kind: 'add', text: '' });
    case '/':
      return focusSearch;
    case '?':
      return () => openDialog(view, { kind: 'help' });
    case 'i':
      return () => view.setState((state) => ({ detailsOpen: !state.detailsOpen }));
    case 'Delete':
      return ids.length === 0 ? undefined : () => commands.run('remove', ids);
    case ' ':
      return ids.length === 0 || isControl(event.target) ? undefined : () => commands.togglePause(ids);
    case 'Escape':
      return ids.length === 0 ? undefined : () => view.setState({ selection: clearSelected(selection) });
    default:
      return undefined;
  }
}

function moveOf(key: string, ids: () => readonly string[], { commands }: Services): (() => void) | undefined {
  const directions = { ArrowUp: 'up', ArrowDown: 'down', Home: 'top', End: 'bottom' } as const;
  if (!Object.hasOwn(directions, key)) return undefined;
  // Just checked to be one of its own keys.
  const direction = directions[key as keyof typeof directions];
  return () => commands.move(direction, ids());
}

function focusSearch(): void {
  const field = document.getElementById(searchFieldId);
  if (field instanceof HTMLInputElement) field.select();
  field?.focus();
}
