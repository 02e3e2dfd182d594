/** Gives the system the menu bar. */
import { Menu } from 'electron';
import type { Actions } from '../actions.ts';
import { menuTemplate, type MenuOptions } from './menu-template.ts';

export function installMenu(actions: Actions, options: MenuOptions): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(actions, options)));
}
