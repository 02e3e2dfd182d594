/** How far a download is: a channel that fills up, with a gate where the water stands. */
import type { DownloadView } from '@sluice/contract';
import { useReplica } from '../app/use-store.ts';
import { queueById } from '../queues/queue-hold.ts';
import { useHoldText } from '../queues/use-hold-text.ts';
import { useTexts } from '../text/use-texts.ts';
import { fractionOf } from './order/list-query.ts';

export function ProgressCell({ download }: { readonly download: DownloadView }) {
  const { t, formats } = useTexts();
  const { state, name, receivedBytes, sizeBytes } = download;
  if (state.kind === 'finished') {
    const when = formats.moment(state.finishedAtMs, Date.now());
    return (
      <div role="gridcell" className="cell-progress">
        <span className="progress-finished" title={formats.exactMoment(state.finishedAtMs)}>
          {t('row.finishedAt', { when })}
        </span>
        {download.verifiedBy !== undefined && (
          <span className="row-note">{t('row.verified', { algorithm: download.verifiedBy })}</span>
        )}
      </div>
    );
  }
  const fraction = fractionOf(download);
  const hasBegun = state.kind === 'running' || receivedBytes > 0;
  const received = receivedBytes === 0 ? '' : formats.steadySize(receivedBytes);
  return (
    <div role="gridcell" className="cell-progress">
      <div className="progress-line">
        <ChannelBar label={t('row.progress', { name })} fraction={fraction} kind={state.kind} />
        <span className="progress-percent figure">
          {sizeBytes !== null && hasBegun && formats.percent(receivedBytes, sizeBytes)}
        </span>
      </div>
      <div className="row-note progress-note">
        {state.kind === 'queued' ? <QueuedWord download={download} /> : <span>{stateWord()}</span>}
        <span className="figure">{received}</span>
      </div>
    </div>
  );

  function stateWord(): string {
    return state.kind === 'running' ? t(`phase.${state.phase}`) : t(`state.${state.kind}`);
  }
}

/** What waits for its queue rather than for its turn says so. */
function QueuedWord({ download }: { readonly download: DownloadView }) {
  const { t } = useTexts();
  const queue = useReplica(({ queues }) => queueById(queues, download.queueId));
  return <span>{useHoldText(queue) ?? t('state.queued')}</span>;
}

interface ChannelBarProps {
  readonly label: string;
  /** Between 0 and 1; null when it cannot be told. */
  readonly fraction: number | null;
  readonly kind: DownloadView['state']['kind'];
}

function ChannelBar({ label, fraction, kind }: ChannelBarProps) {
  const percent = fraction === null ? undefined : Math.floor(fraction * 100);
  return (
    <div
      role="progressbar"
      className="channel"
      data-kind={kind}
      data-unknown={fraction === null && kind === 'running'}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(percent === undefined ? {} : { 'aria-valuenow': percent })}
    >
      <div className="channel-water" style={{ transform: `scaleX(${fraction ?? 0})` }} />
      {fraction !== null && fraction > 0 && <div className="channel-gate" style={{ left: `${fraction * 100}%` }} />}
    </div>
  );
}
