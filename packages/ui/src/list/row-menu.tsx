/** The context menu of the selection: every action that applies to any of it. */
import { useMemo } from 'react';
import type { DownloadView } from '@sluice/contract';
import { Menu, MenuItem, Popover, Separator, Text, Keyboard } from 'react-aria-components';
import { useServices } from '../app/services.ts';
import { useView } from '../app/use-store.ts';
import { isInQueue, offered, type Action } from '../commands/actions.ts';
import { PriorityMenu, QueueMenu } from '../queues/queue-menus.tsx';
import type { MoveDirection } from '../commands/queue-move.ts';
import { useTexts } from '../text/use-texts.ts';
import { actionLabel } from './action-label.ts';

const groups: readonly (readonly Action[])[] = [
  ['keepMine', 'fetchBeside', 'replaceMine'],
  ['pause', 'resume', 'retryNow', 'retry', 'savePage'],
  ['open', 'showInFolder'],
  ['copyLink', 'copyName', 'copyPath'],
  ['changeFolder', 'newLink', 'signIn', 'limits'],
];
const endings: readonly Action[] = ['cancel', 'remove'];
const moves = { moveTop: 'top', moveUp: 'up', moveDown: 'down', moveBottom: 'bottom' } as const satisfies Record<
  string,
  MoveDirection
>;
const keys: Partial<Record<Action | keyof typeof moves, string>> = {
  pause: 'Space',
  resume: 'Space',
  open: 'Enter',
  remove: 'Del',
  moveTop: 'Alt Home',
  moveUp: 'Alt ↑',
  moveDown: 'Alt ↓',
  moveBottom: 'Alt End',
};

export function RowMenu() {
  const { view } = useServices();
  const place = useView((state) => state.menu);
  const anchor = useMemo(() => ({ current: place === null ? null : anchorAt(place.x, place.y) }), [place]);
  if (place === null) return null;
  return (
    <Popover
      className="popover"
      triggerRef={anchor}
      isOpen
      placement="bottom start"
      offset={0}
      onOpenChange={(isOpen) => isOpen || view.setState({ menu: null })}
    >
      <MenuContent />
    </Popover>
  );
}

function MenuContent() {
  const { t } = useTexts();
  const { replica, view, commands, platform } = useServices();
  const { selection, order } = view.getState();
  const ids = order.filter((id) => selection.selected.has(id));
  const downloads = ids.map((id) => replica.getState().downloads.get(id)).filter((download) => download !== undefined);

  function item(id: Action | keyof typeof moves, label: string, run: () => void) {
    return (
      <MenuItem key={id} id={id} className="menu-item" textValue={label} onAction={run} data-tone={toneOf(id)}>
        <Text slot="label">{label}</Text>
        {keys[id] !== undefined && <Keyboard>{keys[id]}</Keyboard>}
      </MenuItem>
    );
  }
  function actionItem(action: Action) {
    return item(action, actionLabel(t, action, platform), () => commands.run(action, ids));
  }

  return (
    <Menu
      className="menu"
      aria-label={t('list.actions')}
      autoFocus="first"
      onClose={() => view.setState({ menu: null })}
    >
      {groups
        .map((group) => group.filter((action) => offered(action, downloads, platform)).map(actionItem))
        .flatMap(separated)}
      {canMove(downloads) &&
        (Object.keys(moves) as (keyof typeof moves)[]).map((key) =>
          item(key, t(`action.${key}`), () => commands.move(moves[key], ids)),
        )}
      <QueueMenu downloads={downloads} />
      <PriorityMenu downloads={downloads} />
      {canMove(downloads) && <Separator key="before-end" className="menu-separator" />}
      {endings.filter((action) => offered(action, downloads, platform)).map(actionItem)}
    </Menu>
  );
}

function separated<T>(items: readonly T[], index: number) {
  return items.length === 0 ? [] : [...items, <Separator key={`after-${String(index)}`} className="menu-separator" />];
}

function canMove(downloads: readonly DownloadView[]): boolean {
  return downloads.some(isInQueue);
}

function toneOf(id: string): 'danger' | undefined {
  return id === 'remove' || id === 'cancel' ? 'danger' : undefined;
}

/** A point to hang the menu on, without an element of its own in the page. */
function anchorAt(x: number, y: number): Element {
  const anchor = document.createElement('span');
  anchor.getBoundingClientRect = () => new DOMRect(x, y, 0, 0);
  return anchor;
}
