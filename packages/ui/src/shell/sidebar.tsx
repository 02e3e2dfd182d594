/** The left edge: the product's sign, what to show, and how much flows. */
import { useServices } from '../app/services.ts';
import { useReplica, useView } from '../app/use-store.ts';
import { countByFilter, filters, type Filter } from '../list/order/list-query.ts';
import { FlowGraph } from '../status/flow-graph.tsx';
import { QueueList } from '../queues/queue-list.tsx';
import { useTexts } from '../text/use-texts.ts';
import { BrandMark } from './brand-mark.tsx';

export function Sidebar() {
  const { t } = useTexts();
  return (
    <header className="sidebar">
      <div className="brand">
        <BrandMark />
        <h1 className="brand-name">{t('app.name')}</h1>
      </div>
      <nav className="filters" aria-label={t('filters.label')}>
        {filters.map((filter) => (
          <FilterButton key={filter} filter={filter} />
        ))}
      </nav>
      <QueueList />
      <span className="spacer" />
      <FlowGraph />
    </header>
  );
}

function FilterButton({ filter }: { readonly filter: Filter }) {
  const { t, formats } = useTexts();
  const { view } = useServices();
  const isChosen = useView((state) => state.filter === filter);
  const count = useCount(filter);
  return (
    <button
      type="button"
      className="filter"
      data-filter={filter}
      aria-pressed={isChosen}
      onClick={() => view.setState({ filter })}
    >
      <span>{t(`filters.${filter}`)}</span>
      <span className="filter-count figure">{count === 0 ? '' : formats.number(count)}</span>
    </button>
  );
}

function useCount(filter: Filter): number {
  const hidden = useView((state) => state.hidden);
  return useReplica((state) => {
    const byKind = { ...state.totals.byKind };
    for (const id of hidden) {
      const kind = state.downloads.get(id)?.state.kind;
      if (kind !== undefined) byKind[kind] -= 1;
    }
    return countByFilter(byKind)[filter];
  });
}
