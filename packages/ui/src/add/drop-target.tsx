/** Takes links, text and text files dropped anywhere on the window. */
import { ArrowDownToLine } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useServices } from '../app/services.ts';
import { useTexts } from '../text/use-texts.ts';
import { addContent } from './add-text.ts';
import { droppedText, mayHoldLinks, readDropped } from './dropped-text.ts';

export function DropTarget() {
  const { t } = useTexts();
  const { view, notices, commands } = useServices();
  const [isOver, setIsOver] = useState(false);

  useEffect(() => {
    async function take(data: DataTransfer): Promise<void> {
      // What a DataTransfer holds is gone once its event is over, so it is all taken before the first await.
      const text = droppedText(data);
      const files = await readDropped([...data.files]);
      let isTaken = addContent(view, text);
      for (const { name, bytes } of files) isTaken = addContent(view, bytes, name) || isTaken;
      if (!isTaken) notices.show({ tone: 'news', text: t('notice.noLinksDropped') });
    }
    function onDragOver(event: DragEvent): void {
      // Prevented for everything: a page that lets a drop through navigates away to the dropped file.
      event.preventDefault();
      if (event.dataTransfer === null) return;
      const isWelcome = mayHoldLinks(event.dataTransfer.types);
      event.dataTransfer.dropEffect = isWelcome ? 'copy' : 'none';
      setIsOver(isWelcome);
    }
    function onDragLeave(event: DragEvent): void {
      if (event.relatedTarget === null) setIsOver(false);
    }
    function onDrop(event: DragEvent): void {
      event.preventDefault();
      setIsOver(false);
      if (event.dataTransfer !== null) commands.attempt(take(event.dataTransfer));
    }
    const handlers = { dragenter: onDragOver, dragover: onDragOver, dragleave: onDragLeave, drop: onDrop } as const;
    for (const [kind, handler] of Object.entries(handlers)) window.addEventListener(kind, handler as EventListener);
    return () => {
      for (const [kind, handler] of Object.entries(handlers))
        window.removeEventListener(kind, handler as EventListener);
    };
  }, [view, notices, commands, t]);

  if (!isOver) return null;
  return (
    <div className="drop-overlay" role="status">
      <div className="drop-frame">
        <ArrowDownToLine aria-hidden size={32} strokeWidth={1.5} />
        <span className="drop-title">{t('drop.title')}</span>
        <span className="row-note">{t('drop.body')}</span>
      </div>
    </div>
  );
}
