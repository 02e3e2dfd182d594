/** `Menu` and `MenuItem`: templates as the application gave them, clickable by label. */
import type { BaseWindow, KeyboardEvent, Menu, MenuItem, MenuItemConstructorOptions } from 'electron';
import type { MenuItemState } from '../control.ts';
import { DoubleBrowserWindow } from './pages/browser-window.ts';
import { quit } from './lifecycle.ts';
import { handleCommand, observe, observedChanged } from './observed.ts';

type Role = NonNullable<MenuItemConstructorOptions['role']>;

const roleLabels: Partial<Record<Role, string>> = {
  quit: 'Quit',
  close: 'Close',
  minimize: 'Minimize',
  about: 'About',
  cut: 'Cut',
  copy: 'Copy',
  paste: 'Paste',
  selectAll: 'Select All',
};

const roleActions: Partial<Record<Role, () => void>> = {
  quit,
  close: () => DoubleBrowserWindow.getFocusedWindow()?.close(),
  minimize: () => DoubleBrowserWindow.getFocusedWindow()?.minimize(),
  reload: () => DoubleBrowserWindow.getFocusedWindow()?.webContents.reload(),
};

export class DoubleMenuItem implements Pick<MenuItem, 'label' | 'enabled' | 'visible' | 'checked' | 'id' | 'type'> {
  readonly id: string;
  readonly type: NonNullable<MenuItemConstructorOptions['type']>;
  readonly role: Role | undefined;
  readonly submenu: DoubleMenu | undefined;
  readonly accelerator: string;
  label: string;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  readonly #onClick: MenuItemConstructorOptions['click'];

  constructor(options: MenuItemConstructorOptions) {
    this.id = options.id ?? '';
    this.type = options.type ?? (options.submenu === undefined ? 'normal' : 'submenu');
    this.role = options.role;
    this.label = options.label ?? (options.role === undefined ? '' : (roleLabels[options.role] ?? options.role));
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.checked = options.checked ?? false;
    this.accelerator = String(options.accelerator ?? '');
    this.#onClick = options.click;
    this.submenu = Array.isArray(options.submenu) ? DoubleMenu.buildFromTemplate(options.submenu) : undefined;
  }

  /** As a user's click: a disabled or hidden item cannot be clicked. */
  choose(): void {
    if (!this.enabled || !this.visible) throw new Error(`the menu item ${this.label} cannot be clicked`);
    if (this.type === 'checkbox') this.checked = !this.checked;
    const roleAction = this.role === undefined ? undefined : roleActions[this.role];
    const focused = DoubleBrowserWindow.getFocusedWindow() ?? undefined;
    const event: KeyboardEvent = { triggeredByAccelerator: false };
    if (roleAction !== undefined) roleAction();
    else this.#onClick?.(this as unknown as MenuItem, focused as unknown as BaseWindow | undefined, event);
  }

  readState(): MenuItemState {
    const { label, type, role = '', enabled, visible, checked, accelerator } = this;
    return { label, type, role, enabled, visible, checked, accelerator, submenu: this.submenu?.readState() ?? [] };
  }
}

let applicationMenu: DoubleMenu | null = null;
let popupMenu: DoubleMenu | null = null;

export class DoubleMenu {
  items: DoubleMenuItem[] = [];

  static buildFromTemplate(template: readonly (MenuItemConstructorOptions | MenuItem)[]): DoubleMenu {
    const menu = new DoubleMenu();
    menu.items = template.map((options) =>
      options instanceof DoubleMenuItem ? options : new DoubleMenuItem(options as MenuItemConstructorOptions),
    );
    return menu;
  }

  static setApplicationMenu(menu: DoubleMenu | null): void {
    applicationMenu = menu;
    observedChanged();
  }

  static getApplicationMenu(): DoubleMenu | null {
    return applicationMenu;
  }

  /** Shown until an item is chosen or another menu comes up. */
  popup(): void {
    showPopup(this);
  }

  append(item: DoubleMenuItem): void {
    this.items.push(item);
    observedChanged();
  }

  getMenuItemById(id: string): DoubleMenuItem | null {
    return this.items.find((item) => item.id === id) ?? null;
  }

  /** @throws Error when a label is not in the menu */
  choose(path: readonly string[]): void {
    const [label, ...rest] = path;
    const item = this.items.find((candidate) => candidate.label === label);
    if (item === undefined)
      throw new Error(`no menu item ${String(label)} among ${this.items.map((each) => each.label).join(', ')}`);
    if (rest.length === 0) item.choose();
    else if (item.submenu === undefined) throw new Error(`${item.label} has no submenu`);
    else item.submenu.choose(rest);
  }

  readState(): MenuItemState[] {
    return this.items.map((item) => item.readState());
  }
}

/** Names and signatures are Electron's. */
type MenuStatics = Record<
  keyof Pick<typeof Menu, 'buildFromTemplate' | 'setApplicationMenu' | 'getApplicationMenu'>,
  unknown
>;
type MenuMembers = Record<keyof Pick<Menu, 'items' | 'popup' | 'append' | 'getMenuItemById'>, unknown>;
void (DoubleMenu satisfies MenuStatics);
void (DoubleMenu.prototype satisfies MenuMembers);

observe('applicationMenu', () => applicationMenu?.readState() ?? []);
function showPopup(menu: DoubleMenu): void {
  popupMenu = menu;
  observedChanged();
}

observe('popupMenu', () => popupMenu?.readState() ?? []);
handleCommand('menu.popup', ({ label }) => {
  const menu = popupMenu;
  if (menu === null) throw new Error('no menu has popped up');
  popupMenu = null;
  observedChanged();
  menu.choose([label]);
});
handleCommand('menu.click', ({ path }) => {
  if (applicationMenu === null) throw new Error('there is no application menu');
  applicationMenu.choose(path);
});
