/** The word for an action, which for the file manager depends on the system. */
import type { TFunction } from 'i18next';
import type { Action } from '../commands/actions.ts';
import type { PlatformServices } from '../platform.ts';

export function actionLabel(t: TFunction, action: Action, os: PlatformServices['os']): string {
  if (action === 'showInFolder' && os === 'darwin') return t('action.showInFolderDarwin');
  return t(`action.${action}`);
}
