/** The segments of a download: how many there are, how many are active, and the map of them. */
import type { DownloadDetails, DownloadView } from '@sluice/contract';
import { useTexts } from '../text/use-texts.ts';
import { SegmentMap } from './segment-map.tsx';

export interface SegmentSummaryProps {
  readonly download: DownloadView;
  readonly details: DownloadDetails;
}

export function SegmentSummary({ download, details }: SegmentSummaryProps) {
  const { t, formats } = useTexts();
  const { segments } = details;
  const active = segments.filter((segment) => segment.active).length;
  const isFinished = download.state.kind === 'finished';
  const { sizeBytes, receivedBytes } = download;
  const percent = isFinished
    ? formats.percent(1, 1)
    : sizeBytes === null
      ? ''
      : formats.percent(receivedBytes, sizeBytes);
  return (
    <div className="segments">
      <SegmentMap
        segments={segments}
        sizeBytes={sizeBytes}
        isFinished={isFinished}
        label={t('details.map', { percent: percent || formats.size(receivedBytes), active })}
      />
      <div className="segments-note row-note figure">
        <span>{words()}</span>
        <span>
          {!isFinished && sizeBytes !== null
            ? t('row.received', { received: formats.steadySize(receivedBytes), size: formats.size(sizeBytes) })
            : formats.size(receivedBytes)}
        </span>
      </div>
    </div>
  );

  function words(): string {
    if (isFinished) return t('details.segmentsDone');
    if (segments.length === 0) return t('details.segmentsNone');
    return t('details.segmentsSummary', { count: segments.length, active });
  }
}
