/** The edge of the details pane: dragged, or moved by the arrow keys, it gives the pane more or less room. */
import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { useServices } from '../app/services.ts';
import { useView } from '../app/use-store.ts';
import { useTexts } from '../text/use-texts.ts';
import { defaultDetailsPx, fitDetails } from './details-size.ts';

const stepPx = 24;

export function DetailsSplitter() {
  const { t } = useTexts();
  const { view } = useServices();
  const dock = useView((state) => state.detailsDock);
  const size = useView((state) => state.detailsPx);
  const start = useRef<{ readonly at: number; readonly size: number } | null>(null);
  const isRight = dock === 'right';

  function place(event: PointerEvent): number {
    // The pane lies behind its edge: it grows as the edge moves to the front. From the right, the front is on the other side.
    const sign = isRight && document.documentElement.dir === 'rtl' ? 1 : -1;
    return sign * (isRight ? event.clientX : event.clientY);
  }
  function resize(px: number): void {
    view.setState({ detailsPx: fitDetails(px) });
  }
  function onPointerDown(event: PointerEvent<HTMLDivElement>): void {
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { at: place(event), size };
  }
  function onPointerMove(event: PointerEvent<HTMLDivElement>): void {
    if (start.current !== null) resize(start.current.size + place(event) - start.current.at);
  }
  function onKeyDown(event: KeyboardEvent): void {
    const isBack = document.documentElement.dir === 'rtl' ? 'ArrowRight' : 'ArrowLeft';
    const isForth = document.documentElement.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const larger = isRight ? isBack : 'ArrowUp';
    const smaller = isRight ? isForth : 'ArrowDown';
    if (event.key === larger) resize(size + stepPx);
    else if (event.key === smaller) resize(size - stepPx);
    else if (event.key === 'Enter') resize(defaultDetailsPx);
    else return;
    event.preventDefault();
    // The list would take the arrows for its own.
    event.stopPropagation();
  }

  return (
    <div
      className="details-splitter"
      role="separator"
      tabIndex={0}
      aria-label={t('details.resize')}
      aria-orientation={isRight ? 'vertical' : 'horizontal'}
      aria-valuenow={size}
      aria-valuemin={fitDetails(0)}
      aria-valuemax={fitDetails(Number.MAX_SAFE_INTEGER)}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => (start.current = null)}
      onDoubleClick={() => resize(defaultDetailsPx)}
      onKeyDown={onKeyDown}
    />
  );
}
