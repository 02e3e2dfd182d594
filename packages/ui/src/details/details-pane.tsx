/** The pane below or beside the list: one download in depth, or what several come to. */
import type { DownloadView } from '@sluice/contract';
import { PanelBottom, PanelRight, X } from 'lucide-react';
import { useServices } from '../app/services.ts';
import { useReplica, useView } from '../app/use-store.ts';
import { applies } from '../commands/actions.ts';
import { FileName } from '../controls/file-name.tsx';
import { TextButton } from '../controls/text-button.tsx';
import { ToolButton } from '../controls/tool-button.tsx';
import { useTexts } from '../text/use-texts.ts';
import { DetailFacts } from './detail-facts.tsx';
import { DetailsSplitter } from './details-splitter.tsx';
import { SelectionSums } from './selection-sums.tsx';
import { SegmentSummary } from './segment-summary.tsx';
import { VersionFacts } from './version-facts.tsx';
import { useDetails } from './use-details.ts';

export function DetailsPane() {
  const isOpen = useView((state) => state.detailsOpen);
  return isOpen ? <Pane /> : null;
}

function Pane() {
  const { t } = useTexts();
  const { view } = useServices();
  const selection = useView((state) => state.selection);
  const dock = useView((state) => state.detailsDock);
  const sizePx = useView((state) => state.detailsPx);
  const other = dock === 'bottom' ? 'right' : 'bottom';
  const count = selection.selected.size;
  const [only] = selection.selected;
  const id = count === 1 ? only : undefined;
  const download = useReplica((state) => (id === undefined ? undefined : state.downloads.get(id)));
  return (
    <section className="details" aria-label={t('details.label')} style={{ flexBasis: sizePx }}>
      <DetailsSplitter />
      <div className="details-close">
        <ToolButton
          label={t(`details.dock.${other}`)}
          icon={other === 'right' ? PanelRight : PanelBottom}
          onPress={() => view.setState({ detailsDock: other })}
        />
        <ToolButton
          label={t('details.close')}
          icon={X}
          shortcut="I"
          onPress={() => view.setState({ detailsOpen: false })}
        />
      </div>
      {download === undefined ? (
        <div className="details-body">
          {count > 1 ? <SelectionSums ids={selection.selected} /> : <p className="empty-quiet">{t('details.none')}</p>}
        </div>
      ) : (
        <div className="details-body">
          <Details key={download.id} download={download} />
        </div>
      )}
    </section>
  );
}

function Details({ download }: { readonly download: DownloadView }) {
  const { t } = useTexts();
  const { commands } = useServices();
  const details = useDetails(download);
  return (
    <>
      <h2 className="details-title">
        <FileName name={download.name} />
      </h2>
      {applies('savePage', download) && (
        <div className="details-step">
          <TextButton onPress={() => commands.run('savePage', [download.id])}>{t('action.savePage')}</TextButton>
        </div>
      )}
      {details === 'failed' && <p className="empty-quiet">{t('details.failed')}</p>}
      {typeof details === 'object' && (
        <>
          {download.state.kind === 'failed' && download.state.change !== undefined && (
            <VersionFacts change={download.state.change} />
          )}
          <SegmentSummary download={download} details={details} />
          <DetailFacts download={download} details={details} />
        </>
      )}
    </>
  );
}
