/** One row: its place, its selection and its focus. What it shows is drawn by its cells. */
import { memo, useEffect, useRef, type MouseEvent } from 'react';
import type { DownloadId } from '@sluice/contract';
import { isControl } from '../app/focus-place.ts';
import { useServices } from '../app/services.ts';
import { useReplica, useView } from '../app/use-store.ts';
import { hasChanged } from '../commands/actions.ts';
import { RowCells } from './row-cells.tsx';
import { extendTo, selectOnly, toggle } from './selection.ts';

export interface DownloadRowProps {
  readonly id: DownloadId;
  readonly index: number;
  readonly topPx: number;
  /** Whether Tab reaches this row. */
  readonly isEntry: boolean;
}

export const DownloadRow = memo(function DownloadRow({ id, index, topPx, isEntry }: DownloadRowProps) {
  const { view, commands, platform } = useServices();
  const isSelected = useView((state) => state.selection.selected.has(id));
  const isFocused = useView((state) => state.selection.focused === id);
  const name = useReplica((state) => state.downloads.get(id)?.name ?? '');
  const kind = useReplica((state) => state.downloads.get(id)?.state.kind);
  const isChanged = useReplica((state) => {
    const download = state.downloads.get(id);
    return download !== undefined && hasChanged(download.state);
  });
  const element = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const grid = element.current?.closest('[role=grid]');
    // Follows the keyboard from row to row, but takes the focus from nowhere else.
    const active = document.activeElement;
    if (
      isFocused &&
      (active === document.body || (grid?.contains(active) === true && !element.current?.contains(active)))
    ) {
      element.current?.focus({ preventScroll: true });
    }
  }, [isFocused]);

  function select(event: MouseEvent): void {
    if (isControl(event.target)) return;
    view.setState(({ selection, order }) => {
      if (event.shiftKey) return { selection: extendTo(selection, order, id) };
      if (platform.os === 'darwin' ? event.metaKey : event.ctrlKey) return { selection: toggle(selection, id) };
      return { selection: selectOnly(id) };
    });
    element.current?.focus({ preventScroll: true });
  }

  function openMenu(event: MouseEvent): void {
    event.preventDefault();
    const box = element.current?.getBoundingClientRect();
    // A menu key gives no place, so the row's own is taken.
    const byKey = event.clientX === 0 && event.clientY === 0;
    const menu =
      byKey && box !== undefined ? { x: box.left + 40, y: box.bottom - 8 } : { x: event.clientX, y: event.clientY };
    view.setState(({ selection }) => ({ menu, selection: selection.selected.has(id) ? selection : selectOnly(id) }));
  }

  return (
    <div
      ref={element}
      role="row"
      className="row row-grid"
      data-kind={kind}
      data-changed={isChanged || undefined}
      aria-label={name}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      tabIndex={isEntry ? 0 : -1}
      style={{ transform: `translateY(${topPx}px)` }}
      onMouseDown={(event) => event.shiftKey && event.preventDefault()}
      onClick={select}
      onDoubleClick={(event) => isControl(event.target) || commands.run('open', [id])}
      onContextMenu={openMenu}
      onFocus={() =>
        view.setState(({ selection }) => (selection.focused === id ? {} : { selection: { ...selection, focused: id } }))
      }
    >
      <RowCells id={id} isEntry={isEntry} />
    </div>
  );
});
