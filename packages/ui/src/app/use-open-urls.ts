/** Opens the Add dialog for links handed over by the host: a second launch, the tray. */
import { useEffect } from 'react';
import { addText } from '../add/add-text.ts';
import { useServices } from './services.ts';

export function useOpenUrls(): void {
  const { platform, view } = useServices();
  useEffect(() => platform.onOpenUrls?.((urls) => addText(view, urls.join('\n'))), [platform, view]);
}
