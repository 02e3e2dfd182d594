/** What the command palette offers now: for the selection first, then for the window. */
import { useServices } from '../app/services.ts';
import { type Action, actions, offered } from '../commands/actions.ts';
import { actionLabel } from '../list/action-label.ts';
import { densities } from '../list/list-look.ts';
import { filters } from '../list/order/list-query.ts';
import { useTexts } from '../text/use-texts.ts';
import { openDialog } from '../view/view-store.ts';

export interface PaletteCommand {
  readonly id: string;
  readonly label: string;
  run(): void;
}

export function usePaletteCommands(): readonly PaletteCommand[] {
  const { t } = useTexts();
  const { view, commands, platform, replica } = useServices();
  const { selection, order } = view.getState();
  const ids = order.filter((id) => selection.selected.has(id));
  const { downloads } = replica.getState();
  const selected = ids.flatMap((id) => downloads.get(id) ?? []);
  return [
    ...actions.filter((action) => offered(action, selected, platform)).map(forSelection),
    { id: 'add', label: t('empty.button'), run: () => openDialog(view, { kind: 'add', text: '' }) },
    { id: 'adopt', label: t('adopt.open'), run: () => openDialog(view, { kind: 'adopt' }) },
    { id: 'pauseAll', label: t('toolbar.pauseAll'), run: () => commands.pauseAll() },
    { id: 'resumeAll', label: t('toolbar.resumeAll'), run: () => commands.resumeAll() },
    {
      id: 'details',
      label: t('help.details'),
      run: () => view.setState(({ detailsOpen }) => ({ detailsOpen: !detailsOpen })),
    },
    { id: 'newQueue', label: t('queue.add'), run: () => openDialog(view, { kind: 'queue', id: null }) },
    { id: 'settings', label: t('toolbar.settings'), run: () => openDialog(view, { kind: 'settings' }) },
    { id: 'help', label: t('toolbar.help'), run: () => openDialog(view, { kind: 'help' }) },
    ...filters.map((filter) => ({
      id: `filter-${filter}`,
      label: `${t('filters.label')}: ${t(`filters.${filter}`)}`,
      run: () => view.setState({ filter }),
    })),
    ...densities.map((density) => ({
      id: `density-${density}`,
      label: `${t('list.rows')}: ${t(`list.${density}`)}`,
      run: () => view.setState({ density }),
    })),
  ];

  function forSelection(action: Action): PaletteCommand {
    return { id: action, label: actionLabel(t, action, platform), run: () => commands.run(action, ids) };
  }
}
