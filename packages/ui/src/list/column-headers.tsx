/** The list's head: names its columns and sorts by them. */
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useServices } from '../app/services.ts';
import { useView } from '../app/use-store.ts';
import { useTexts } from '../text/use-texts.ts';
import { ListViewMenu } from './list-view-menu.tsx';
import { queueOrder, type Sort, type SortKey } from './order/list-query.ts';

type ColumnKey = Exclude<SortKey, 'position'>;

/** Numbers are looked at from the largest down. */
const columns: readonly { readonly key: ColumnKey; readonly descendingFirst: boolean }[] = [
  { key: 'name', descendingFirst: false },
  { key: 'progress', descendingFirst: true },
  { key: 'size', descendingFirst: true },
  { key: 'speed', descendingFirst: true },
  { key: 'remaining', descendingFirst: false },
  { key: 'added', descendingFirst: true },
];

export function ColumnHeaders() {
  const { t } = useTexts();
  return (
    <div role="rowgroup" className="list-head">
      <div role="row" className="row-grid" aria-rowindex={1}>
        <span className="cell-mark" />
        {columns.map((column) => (
          <ColumnHeader key={column.key} column={column.key} descendingFirst={column.descendingFirst} />
        ))}
        <span role="columnheader" className="cell-actions">
          <span className="visually-hidden">{t('list.actions')}</span>
          <ListViewMenu />
        </span>
      </div>
    </div>
  );
}

function ColumnHeader({ column, descendingFirst }: { readonly column: ColumnKey; readonly descendingFirst: boolean }) {
  const { t } = useTexts();
  const { view } = useServices();
  const sort = useView((state) => state.sort);
  const isSorted = sort.key === column;
  const Arrow = sort.descending ? ArrowDown : ArrowUp;
  return (
    <span
      role="columnheader"
      className={`cell-${column}`}
      aria-sort={isSorted ? (sort.descending ? 'descending' : 'ascending') : 'none'}
    >
      <button
        type="button"
        className="column-button"
        aria-label={t('list.sortBy', { column: t(`list.${column}`) })}
        onClick={() => view.setState({ sort: nextSort(sort, column, descendingFirst) })}
      >
        <span>{t(`list.${column}`)}</span>
        {isSorted && <Arrow aria-hidden size={12} />}
      </button>
    </span>
  );
}

/** One way, the other way, and back to the order of the queue. */
export function nextSort(sort: Sort, column: ColumnKey, descendingFirst: boolean): Sort {
  if (sort.key !== column) return { key: column, descending: descendingFirst };
  if (sort.descending === descendingFirst) return { key: column, descending: !descendingFirst };
  return queueOrder;
}
