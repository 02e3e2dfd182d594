/** The menu of a right click on text: Electron shows none by itself, and people paste links that way. */
import { Menu, type MenuItemConstructorOptions, type WebContents } from 'electron';

interface Click {
  readonly isEditable: boolean;
  readonly selectionText: string;
}

function itemsFor({ isEditable, selectionText }: Click): MenuItemConstructorOptions[] {
  if (isEditable)
    return [{ role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { type: 'separator' }, { role: 'selectAll' }];
  return selectionText.trim() === '' ? [] : [{ role: 'copy' }];
}

/** Where the page shows a menu of its own, this one stays away. */
export function installContextMenu(contents: WebContents): void {
  contents.on('context-menu', (_event, click) => {
    const items = itemsFor(click);
    if (items.length > 0) Menu.buildFromTemplate(items).popup();
  });
}
