/** The word for an action, which depends on the system and on where the window runs. */
import type { TFunction } from 'i18next';
import type { Action } from '../commands/actions.ts';
import type { PlatformServices } from '../platform.ts';

export function actionLabel(t: TFunction, action: Action, { os, kind }: Pick<PlatformServices, 'os' | 'kind'>): string {
  if (action === 'showInFolder' && os === 'darwin') return t('action.showInFolderDarwin');
  // The file is on the host's machine: a browser can only fetch a copy of it.
  if (action === 'open' && kind === 'browser') return t('action.saveCopy');
  return t(`action.${action}`);
}
