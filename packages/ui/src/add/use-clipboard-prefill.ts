/** Offers the links on the clipboard when the Add dialog opens empty, unless they are on the list already. */
import { useEffect } from 'react';
import { useServices } from '../app/services.ts';
import { parseLinks } from '@sluice/formats';

/** More than this is not looked through just because a dialog opened. */
const mostCharacters = 200_000;

export function useClipboardPrefill(isWanted: boolean): void {
  const { platform, view, replica } = useServices();
  useEffect(() => {
    const { dialog } = view.getState();
    if (!isWanted || dialog.kind !== 'add' || dialog.text !== '') return;
    platform.readClipboardText?.().then(offer, () => {
      // A clipboard that cannot be read is no reason to bother anyone: the field is simply empty.
    });

    function offer(text: string): void {
      if (text.length > mostCharacters) return;
      const known = new Set([...replica.getState().downloads.values()].map((download) => download.url));
      const fresh = parseLinks(text).links.filter(({ url }) => !known.has(url));
      if (fresh.length === 0) return;
      view.setState((state) =>
        // Typed or handed over in the meantime: that comes first.
        state.dialog.kind === 'add' && state.dialog.text === ''
          ? { dialog: { ...state.dialog, text: fresh.map(({ url }) => url).join('\n') } }
          : {},
      );
    }
  }, [platform, view, replica, isWanted]);
}
