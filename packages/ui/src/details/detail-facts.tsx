/** Where a download's bytes come from and go to, and by what they are recognised. */
import type { DownloadDetails, DownloadView } from '@sluice/contract';
import { Copy } from 'lucide-react';
import { useServices } from '../app/services.ts';
import { useReplica } from '../app/use-store.ts';
import { queueById } from '../queues/queue-hold.ts';
import { ToolButton } from '../controls/tool-button.tsx';
import { useTexts } from '../text/use-texts.ts';

export interface DetailFactsProps {
  readonly download: DownloadView;
  readonly details: DownloadDetails;
}

export function DetailFacts({ download, details }: DetailFactsProps) {
  const { t, formats } = useTexts();
  const queues = useReplica((state) => state.queues);
  const isFinished = download.state.kind === 'finished';
  return (
    <dl className="facts">
      <Fact term={t('details.link')} value={download.url} canCopy />
      {details.finalUrl !== null && details.finalUrl !== download.url && (
        <Fact term={t('details.finalLink')} value={details.finalUrl} canCopy />
      )}
      <Fact term={t('details.file')} value={details.path} canCopy />
      {!isFinished && details.partialPath !== null && <Fact term={t('details.partial')} value={details.partialPath} />}
      {details.contentType !== null && <Fact term={t('details.type')} value={details.contentType} />}
      {details.etag !== null && <Fact term={t('details.etag')} value={details.etag} />}
      {details.lastModified !== null && <Fact term={t('details.lastModified')} value={details.lastModified} />}
      {!isFinished && <Fact term={t('details.resumable')} value={resumable()} />}
      {details.backend !== 'auto' && (
        <Fact term={t('request.backend')} value={t(`request.backendChoices.${details.backend}`)} />
      )}
      {download.maxAttempts !== null && <Fact term={t('limits.giveUp')} value={givesUp(download.maxAttempts)} />}
      {download.verifiedBy !== undefined && <Fact term={t('details.verified')} value={verified(download.verifiedBy)} />}
      {download.change !== undefined && (
        <Fact
          term={t('details.replaced')}
          value={t(`details.replacedBy.${download.change.kind}`, { size: formats.size(download.change.keptBytes) })}
        />
      )}
      {download.keptApart !== undefined && <Fact term={t('details.keptApart')} value={download.keptApart} canCopy />}
      {queues.length > 1 && <Fact term={t('queue.label')} value={queueById(queues, download.queueId)?.name ?? ''} />}
      {download.priority !== 'normal' && <Fact term={t('priority.label')} value={t(`priority.${download.priority}`)} />}
      <Fact term={t('details.added')} value={formats.exactMoment(download.addedAtMs)} />
    </dl>
  );

  function verified(algorithm: string): string {
    return t(`details.verifiedFrom.${download.verifiedFrom ?? 'user'}`, { algorithm });
  }

  function givesUp(attempts: number): string {
    return attempts === 0 ? t('limits.giveUpChoices.never') : t('details.givesUp', { count: attempts });
  }

  function resumable(): string {
    if (download.resumable === null) return t('details.resumableUnknown');
    return download.resumable ? t('details.resumableYes') : t('details.resumableNo');
  }
}

interface FactProps {
  readonly term: string;
  readonly value: string;
  readonly canCopy?: boolean;
}

function Fact({ term, value, canCopy = false }: FactProps) {
  const { t } = useTexts();
  const { commands } = useServices();
  return (
    <div className="fact">
      <dt>{term}</dt>
      <dd>
        <bdi title={value}>{value}</bdi>
        {canCopy && (
          <ToolButton label={t('details.copy', { what: term })} icon={Copy} onPress={() => commands.copy(value)} />
        )}
      </dd>
    </div>
  );
}
