/** The rows of the Add dialog: which links to add, under which names, and what is known of them. Only rows in sight exist. */
import type { DownloadId } from '@sluice/contract';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { CheckboxButton, CheckboxField } from 'react-aria-components';
import { CheckMark } from '../controls/check-mark.tsx';
import { TextButton } from '../controls/text-button.tsx';
import { errorText } from '../text/error-text.ts';
import { useTexts } from '../text/use-texts.ts';
import type { LinkRow, RowColumn, RowEdit, RowSort } from './link-rows.ts';

/** As in adding.css. */
const rowHeightPx = 34;

export interface LinkTableProps {
  readonly rows: readonly LinkRow[];
  readonly sort: RowSort | null;
  readonly onSort: (sort: RowSort | null) => void;
  readonly onEdit: (url: string, edit: RowEdit) => void;
  readonly onChooseAll: (isChosen: boolean) => void;
  readonly onShow: (id: DownloadId) => void;
  /** A single link is named in the field for it. */
  readonly namesAreFixed: boolean;
}

export function LinkTable({ rows, onEdit, onShow, namesAreFixed, ...head }: LinkTableProps) {
  const { t } = useTexts();
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPx,
    getItemKey: (index) => rows[index]?.url ?? index,
    overscan: 4,
  });
  return (
    <div className="link-table" role="table" aria-label={t('add.rows')} aria-rowcount={rows.length + 1}>
      <TableHead rows={rows} {...head} />
      <div ref={scroller} className="link-table-body" role="rowgroup">
        <div className="link-table-rows" role="presentation" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <div
                key={row.url}
                role="row"
                className="link-row"
                aria-rowindex={index + 2}
                data-chosen={row.isChosen}
                style={{ transform: `translateY(${start}px)` }}
              >
                <RowCheck
                  label={t('add.check', { name: row.name || row.url })}
                  state={row.isChosen}
                  onChange={(isChosen) => onEdit(row.url, { isChosen })}
                />
                <div role="cell" className="link-row-name" title={row.url}>
                  {namesAreFixed ? (
                    <bdi className="link-text">{row.name || row.url}</bdi>
                  ) : (
                    <input
                      className="input"
                      aria-label={t('add.rowName', { link: row.url })}
                      value={row.name}
                      spellCheck={false}
                      autoComplete="off"
                      onChange={(event) => onEdit(row.url, { name: event.target.value })}
                    />
                  )}
                </div>
                <SizeCell row={row} />
                <div role="cell" className="link-row-type">
                  {row.type}
                </div>
                <NoteCell row={row} onShow={onShow} />
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

type HeadProps = Pick<LinkTableProps, 'rows' | 'sort' | 'onSort' | 'onChooseAll'>;

function TableHead({ rows, sort, onSort, onChooseAll }: HeadProps) {
  const { t } = useTexts();
  const chosen = rows.filter(({ isChosen }) => isChosen).length;
  function next(column: RowColumn): RowSort | null {
    if (sort?.column !== column) return { column, descending: false };
    return sort.descending ? null : { column, descending: true };
  }
  return (
    <div role="rowgroup">
      <div role="row" className="link-row link-row-head" aria-rowindex={1}>
        <RowCheck
          label={t('add.checkAll')}
          role="columnheader"
          state={chosen === rows.length ? true : chosen === 0 ? false : 'some'}
          onChange={onChooseAll}
        />
        {(['name', 'size', 'type'] as const).map((column) => (
          <div
            key={column}
            role="columnheader"
            className={`link-row-${column}`}
            aria-sort={sort?.column !== column ? 'none' : sort.descending ? 'descending' : 'ascending'}
          >
            <button
              type="button"
              className="link-sort"
              aria-label={t('add.sortBy', { column: t(`add.${column}`) })}
              onClick={() => onSort(next(column))}
            >
              {t(`add.${column}`)}
              {sort?.column === column && <span aria-hidden>{sort.descending ? ' ↓' : ' ↑'}</span>}
            </button>
          </div>
        ))}
        <div role="columnheader" className="link-row-note">
          {t('add.note')}
        </div>
      </div>
    </div>
  );
}

interface RowCheckProps {
  readonly label: string;
  readonly role?: 'cell' | 'columnheader';
  readonly state: boolean | 'some';
  readonly onChange: (isChosen: boolean) => void;
}

function RowCheck({ label, role = 'cell', state, onChange }: RowCheckProps) {
  return (
    <div role={role} className="link-row-check">
      <CheckboxField
        aria-label={label}
        isSelected={state === true}
        isIndeterminate={state === 'some'}
        onChange={onChange}
      >
        <CheckboxButton className="checkbox">
          <CheckMark />
        </CheckboxButton>
      </CheckboxField>
    </div>
  );
}

function SizeCell({ row }: { readonly row: LinkRow }) {
  const { formats } = useTexts();
  return (
    <div role="cell" className="link-row-size figure">
      {row.sizeBytes === null ? '–' : formats.size(row.sizeBytes)}
    </div>
  );
}

function NoteCell({ row, onShow }: { readonly row: LinkRow; readonly onShow: (id: DownloadId) => void }) {
  const { t } = useTexts();
  const { listedId, lookup } = row;
  if (listedId !== null) {
    return (
      <div role="cell" className="link-row-note">
        <span>{t('add.listed')}</span>
        <TextButton tone="quiet" onPress={() => onShow(listedId)}>
          {t('add.show')}
        </TextButton>
      </div>
    );
  }
  return (
    <div role="cell" className="link-row-note" data-bad={lookup.kind === 'failed' || undefined}>
      <span>{note()}</span>
    </div>
  );

  function note(): string {
    switch (lookup.kind) {
      case 'none':
        return '';
      case 'asking':
        return t('add.asking');
      case 'failed':
        return errorText(t, lookup.error).what;
      case 'known': {
        const { presentPath, path, resumable } = lookup.preview;
        if (presentPath !== null) return t('add.exists', { name: path.split(/[/\\]/u).at(-1) ?? path });
        if (resumable === null) return '';
        return resumable ? t('add.resumable') : t('add.notResumable');
      }
    }
  }
}
