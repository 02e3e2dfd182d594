/** The rows of the Add dialog with what they come to: how much in all, and how much room that leaves. */
import { useMemo, useState } from 'react';
import { useServices } from '../app/services.ts';
import { TextButton } from '../controls/text-button.tsx';
import { useFolderInfo } from '../controls/use-folder-info.ts';
import { useTexts } from '../text/use-texts.ts';
import { closeDialog, reveal } from '../view/view-store.ts';
import { type RowSort, sortRows } from './link-rows.ts';
import { LinkTable } from './link-table.tsx';
import type { LinkRowsModel } from './use-link-rows.ts';

export interface LinkRowsProps {
  readonly rows: LinkRowsModel;
  readonly folder: string;
  readonly isSingle: boolean;
}

export function LinkRows({ rows: model, folder, isSingle }: LinkRowsProps) {
  const { t, formats } = useTexts();
  const { view } = useServices();
  const [sort, setSort] = useState<RowSort | null>(null);
  const rows = useMemo(() => sortRows(model.rows, sort), [model.rows, sort]);
  const { freeBytes } = useFolderInfo(folder, false);
  const { chosen, knownBytes, unknown } = model.totals;
  return (
    <div className="link-rows">
      <LinkTable
        rows={rows}
        sort={sort}
        onSort={setSort}
        onEdit={model.edit}
        onChooseAll={model.chooseAll}
        onShow={(id) => {
          closeDialog(view);
          reveal(view, id);
        }}
        namesAreFixed={isSingle}
      />
      <div className="link-totals figure">
        {totals().map((part) => (
          <span key={part}>{part}</span>
        ))}
        <span className="spacer" />
        {model.notLookedUp.length > 0 && (
          <span title={t('add.lookUpHint')}>
            <TextButton tone="quiet" onPress={model.lookUpAll}>
              {t('add.lookUp')}
            </TextButton>
          </span>
        )}
      </div>
    </div>
  );

  function totals(): string[] {
    const parts = [t('add.chosen', { count: chosen })];
    if (knownBytes === 0) return parts;
    const size = formats.size(knownBytes);
    const total = unknown > 0 ? t('add.atLeast', { size }) : t('add.total', { size });
    if (freeBytes === undefined) return [...parts, total];
    const left = freeBytes - knownBytes;
    const room =
      left >= 0 ? t('add.freeAfter', { size: formats.size(left) }) : t('add.noRoom', { size: formats.size(-left) });
    return [...parts, total, room];
  }
}
