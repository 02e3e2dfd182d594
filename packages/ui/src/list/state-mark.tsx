/** A small sign for a download's state, told apart by shape as well as by colour. */
import type { DownloadStateKind } from '@sluice/contract';
import { ArrowDown, Check, Clock, Hourglass, Pause, TriangleAlert, X, type LucideIcon } from 'lucide-react';
import { memo } from 'react';
import { useTexts } from '../text/use-texts.ts';

const icons: Readonly<Record<DownloadStateKind, LucideIcon>> = {
  queued: Clock,
  running: ArrowDown,
  waiting: Hourglass,
  paused: Pause,
  failed: TriangleAlert,
  finished: Check,
  cancelled: X,
};

export const StateMark = memo(function StateMark({ kind }: { readonly kind: DownloadStateKind }) {
  const { t } = useTexts();
  const Icon = icons[kind];
  return (
    <div role="gridcell" className="cell-mark" data-kind={kind}>
      <Icon aria-hidden size={16} strokeWidth={2} />
      <span className="visually-hidden">{t(`state.${kind}`)}</span>
    </div>
  );
});
