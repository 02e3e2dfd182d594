/** Takes links pasted anywhere in the window, outside of text fields. */
import { useEffect } from 'react';
import { useServices } from '../app/services.ts';
import { isTextField } from '../app/focus-place.ts';
import { useTexts } from '../text/use-texts.ts';
import { addContent } from './add-text.ts';

export function usePaste(): void {
  const { view, notices } = useServices();
  const { t } = useTexts();
  useEffect(() => {
    function onPaste(event: ClipboardEvent): void {
      if (isTextField(event.target) || view.getState().dialog.kind !== 'none') return;
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (text.trim() === '') return;
      event.preventDefault();
      if (!addContent(view, text)) notices.show({ tone: 'news', text: t('notice.noLinks') });
    }
    window.addEventListener('paste', onPaste);
    return () => window.removeEventListener('paste', onPaste);
  }, [view, notices, t]);
}
