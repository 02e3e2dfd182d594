/** Shows the dialog that is open, if any. */
import { AddDialog } from '../add/add-dialog.tsx';
import { nothingFound } from '../add/found-links.ts';
import { AdoptDialog } from '../adopt/adopt-dialog.tsx';
import { CancelDialog } from '../commands/cancel-dialog.tsx';
import { LimitsDialog } from '../commands/limits-dialog.tsx';
import { RemoveDialog } from '../commands/remove-dialog.tsx';
import { QueueDialog } from '../queues/queue-dialog.tsx';
import { ChangeRequestDialog } from '../request/change-request-dialog.tsx';
import { SettingsDialog } from '../settings/settings-dialog.tsx';
import { CommandPalette } from '../shell/command-palette.tsx';
import { HelpDialog } from '../shell/help-dialog.tsx';
import { useView } from './use-store.ts';

export function Dialogs() {
  const dialog = useView((state) => state.dialog);
  switch (dialog.kind) {
    case 'none':
      return null;
    case 'add':
      return <AddDialog text={dialog.text} replaces={dialog.replaces} found={dialog.found ?? nothingFound} />;
    case 'remove':
      return <RemoveDialog ids={dialog.ids} />;
    case 'cancel':
      return <CancelDialog ids={dialog.ids} />;
    case 'limits':
      return <LimitsDialog ids={dialog.ids} />;
    case 'changeRequest':
      return <ChangeRequestDialog id={dialog.id} asks={dialog.asks} />;
    case 'queue':
      return <QueueDialog id={dialog.id} />;
    case 'adopt':
      return <AdoptDialog />;
    case 'settings':
      return <SettingsDialog />;
    case 'palette':
      return <CommandPalette />;
    case 'help':
      return <HelpDialog />;
    default:
      return dialog satisfies never;
  }
}
