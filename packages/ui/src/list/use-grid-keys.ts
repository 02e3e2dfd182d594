/** The keys inside the list: arrows, pages, ends, with Shift to extend and Ctrl to move the focus alone. */
import type { Virtualizer } from '@tanstack/react-virtual';
import type { KeyboardEvent } from 'react';
import { isControl } from '../app/focus-place.ts';
import { useServices } from '../app/services.ts';
import { extendTo, moveFocus, selectOnly, toggle, type MoveMode } from './selection.ts';

export function useGridKeys(
  virtualizer: Virtualizer<HTMLDivElement, Element>,
  rowHeightPx: number,
): (event: KeyboardEvent) => void {
  const { view, commands, platform } = useServices();

  function stepOf(key: string): number | undefined {
    const page = Math.max(1, Math.floor((virtualizer.scrollRect?.height ?? rowHeightPx) / rowHeightPx) - 1);
    const steps: Readonly<Record<string, number>> = {
      ArrowUp: -1,
      ArrowDown: 1,
      PageUp: -page,
      PageDown: page,
      Home: Number.NEGATIVE_INFINITY,
      End: Number.POSITIVE_INFINITY,
    };
    return steps[key];
  }

  return (event) => {
    if (event.altKey || isControl(event.target)) return;
    const commandKey = platform.os === 'darwin' ? event.metaKey : event.ctrlKey;
    const { selection, order } = view.getState();
    const step = stepOf(event.key);
    if (step !== undefined) {
      event.preventDefault();
      const mode: MoveMode = event.shiftKey ? 'extend' : commandKey ? 'focus' : 'select';
      view.setState({ selection: moveFocus(selection, order, { step, mode }) });
      return;
    }
    const { focused } = selection;
    if (focused === null) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      commands.run('open', [focused]);
    } else if (event.key === ' ' && (commandKey || event.shiftKey || !selection.selected.has(focused))) {
      event.preventDefault();
      const next = event.shiftKey
        ? extendTo(selection, order, focused)
        : commandKey
          ? toggle(selection, focused)
          : selectOnly(focused);
      view.setState({ selection: next });
    }
  };
}
