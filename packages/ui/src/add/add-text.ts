/** Brings text and files with links into the Add dialog, beside what is already typed there. */
import { parseLinks, readLinks } from '@sluice/formats';
import { openDialog, type ViewStore } from '../view/view-store.ts';
import { foundIn, type FoundLinks, joinFound, linkLines, nothingFound } from './found-links.ts';

export function addText(view: ViewStore, text: string, found: FoundLinks = nothingFound): void {
  const { dialog } = view.getState();
  // A dialog that asks something else is not thrown away; only the Add dialog takes more links.
  if (dialog.kind !== 'add' || dialog.replaces !== undefined) {
    openDialog(view, { kind: 'add', text, found });
    return;
  }
  const joined = [dialog.text, text].filter((part) => part.trim() !== '').join('\n');
  openDialog(view, { kind: 'add', text: joined, found: joinFound(dialog.found ?? nothingFound, found) });
}

/**
 * Text goes into the field as it is; of another format, its links do, and what it says of them goes along.
 * @returns false where there is nothing to show
 */
export function addContent(view: ViewStore, content: string | Uint8Array, fileName = ''): boolean {
  const read = readLinks(content, fileName);
  if (read.format === 'text' && read.unread.every(({ problem }) => problem.kind !== 'too-large')) {
    const text = typeof content === 'string' ? content : new TextDecoder().decode(content);
    if (parseLinks(text).links.length === 0) return false;
    addText(view, text);
    return true;
  }
  if (read.entries.length === 0 && read.unread.length === 0) return false;
  addText(view, linkLines(read), foundIn(read, fileName));
  return true;
}

/** Whether text is of a format whose links are taken out of it. */
export function isRecognised(text: string): boolean {
  return readLinks(text).format !== 'text';
}
