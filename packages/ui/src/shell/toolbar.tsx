/** The top edge: adding, all at once, searching, and what opens beside the list. */
import { CircleHelp, FolderInput, PanelBottom, Pause, Play, Plus, Settings } from 'lucide-react';
import { useServices } from '../app/services.ts';
import { useReplica, useView } from '../app/use-store.ts';
import { TextButton } from '../controls/text-button.tsx';
import { ToolButton } from '../controls/tool-button.tsx';
import { useTexts } from '../text/use-texts.ts';
import { openDialog } from '../view/view-store.ts';
import { SearchBox } from './search-box.tsx';

export function Toolbar() {
  const { t } = useTexts();
  const { view, commands } = useServices();
  const detailsOpen = useView((state) => state.detailsOpen);
  const canPause = useReplica(({ totals: { byKind } }) => byKind.running + byKind.queued + byKind.waiting > 0);
  const canResume = useReplica(({ totals: { byKind } }) => byKind.paused > 0);
  return (
    <div className="toolbar" role="toolbar" aria-label={t('toolbar.label')}>
      <TextButton tone="main" onPress={() => openDialog(view, { kind: 'add', text: '' })}>
        <Plus aria-hidden size={16} strokeWidth={2} />
        {t('toolbar.add')}
      </TextButton>
      <ToolButton label={t('adopt.open')} icon={FolderInput} onPress={() => openDialog(view, { kind: 'adopt' })} />
      <ToolButton
        label={t('toolbar.pauseAll')}
        icon={Pause}
        showLabel
        isDisabled={!canPause}
        onPress={() => commands.pauseAll()}
      />
      <ToolButton
        label={t('toolbar.resumeAll')}
        icon={Play}
        showLabel
        isDisabled={!canResume}
        onPress={() => commands.resumeAll()}
      />
      <span className="spacer" />
      <SearchBox />
      <ToolButton
        label={t('toolbar.details')}
        icon={PanelBottom}
        shortcut="I"
        isPressed={detailsOpen}
        onPress={() => view.setState({ detailsOpen: !detailsOpen })}
      />
      <ToolButton
        label={t('toolbar.help')}
        icon={CircleHelp}
        shortcut="?"
        onPress={() => openDialog(view, { kind: 'help' })}
      />
      <ToolButton
        label={t('toolbar.settings')}
        icon={Settings}
        onPress={() => openDialog(view, { kind: 'settings' })}
      />
    </div>
  );
}
