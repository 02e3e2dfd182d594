/** Brings text with links into the Add dialog, beside what is already typed there. */
import { openDialog, type ViewStore } from '../view/view-store.ts';

export function addText(view: ViewStore, text: string): void {
  const { dialog } = view.getState();
  // A dialog that asks something else is not thrown away; only the Add dialog takes more links.
  if (dialog.kind !== 'add' || dialog.replaces !== undefined) {
    openDialog(view, { kind: 'add', text });
    return;
  }
  const joined = [dialog.text, text].filter((part) => part.trim() !== '').join('\n');
  openDialog(view, { kind: 'add', text: joined });
}
