/** The list of downloads: only the rows in sight exist, however long it is. */
import { useVirtualizer, type Range, defaultRangeExtractor } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef } from 'react';
import { useView } from '../app/use-store.ts';
import { useTexts } from '../text/use-texts.ts';
import { ColumnHeaders } from './column-headers.tsx';
import { DownloadRow } from './download-row.tsx';
import { rowHeightsPx } from './list-look.ts';
import { EmptyState } from './empty-state.tsx';
import { useGridKeys } from './use-grid-keys.ts';
import { useListOrder } from './order/use-list-order.ts';

const headerHeightPx = 32;
const overscanRows = 6;

export function DownloadList() {
  const { t } = useTexts();
  useListOrder();
  const order = useView((state) => state.order);
  const density = useView((state) => state.density);
  const hiddenColumns = useView((state) => state.hiddenColumns);
  const rowHeightPx = rowHeightsPx[density];
  const focused = useView((state) => state.selection.focused);
  const scroller = useRef<HTMLDivElement>(null);
  const focusedIndex = focused === null ? -1 : order.indexOf(focused);

  // The focused row stays in the page when it is scrolled away, or the keyboard would lose its place.
  const rangeExtractor = useCallback(
    (range: Range) => {
      const indexes = defaultRangeExtractor(range);
      if (focusedIndex === -1 || indexes.includes(focusedIndex)) return indexes;
      return [...indexes, focusedIndex].sort((a, b) => a - b);
    },
    [focusedIndex],
  );
  const virtualizer = useVirtualizer({
    count: order.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPx,
    getItemKey: (index) => order[index] ?? index,
    overscan: overscanRows,
    scrollPaddingStart: headerHeightPx,
    rangeExtractor,
  });
  useEffect(() => virtualizer.measure(), [virtualizer, rowHeightPx]);
  const onKeyDown = useGridKeys(virtualizer, rowHeightPx);

  // Only a moved focus scrolls; a focused row that moves through the order does not drag the view along.
  const shown = useRef(focused);
  useEffect(() => {
    if (shown.current === focused) return;
    shown.current = focused;
    if (focusedIndex !== -1) virtualizer.scrollToIndex(focusedIndex, { align: 'auto' });
  }, [focused, focusedIndex, virtualizer]);

  if (order.length === 0) return <EmptyState />;
  return (
    <div
      ref={scroller}
      className="list"
      data-density={density}
      data-hidden-columns={hiddenColumns.join(' ')}
      role="grid"
      aria-label={t('list.label')}
      aria-multiselectable
      aria-rowcount={order.length + 1}
      onKeyDown={onKeyDown}
    >
      <ColumnHeaders />
      <div role="rowgroup" className="list-rows" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => {
          const id = order[item.index];
          if (id === undefined) return null;
          return <DownloadRow key={id} id={id} index={item.index} topPx={item.start} isEntry={isEntry(item.index)} />;
        })}
      </div>
    </div>
  );

  /** The row that Tab reaches: the focused one, or the first. */
  function isEntry(index: number): boolean {
    return index === Math.max(focusedIndex, 0);
  }
}
