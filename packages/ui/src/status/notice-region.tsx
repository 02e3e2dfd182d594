/** Shows notices above the status bar; read out without taking the focus. */
import { X } from 'lucide-react';
import { useStore } from 'zustand';
import { useServices } from '../app/services.ts';
import { TextButton } from '../controls/text-button.tsx';
import { useTexts } from '../text/use-texts.ts';
import type { Notice } from './notice-store.ts';

export function NoticeRegion() {
  const { t } = useTexts();
  const { notices } = useServices();
  const shown = useStore(notices.store);
  return (
    <div role="region" aria-label={t('notice.label')} className="notices">
      <div aria-live="polite">
        {shown.map((notice) => (
          <NoticeCard key={notice.id} notice={notice} onDismiss={() => notices.dismiss(notice.id)} />
        ))}
      </div>
    </div>
  );
}

function NoticeCard({ notice, onDismiss }: { readonly notice: Notice; readonly onDismiss: () => void }) {
  const { t } = useTexts();
  return (
    <div className="notice" data-tone={notice.tone}>
      <span className="notice-text">{notice.text}</span>
      {notice.action !== undefined && (
        <TextButton tone="quiet" onPress={notice.action.run}>
          {notice.action.label}
        </TextButton>
      )}
      <button type="button" className="row-button" aria-label={t('notice.dismiss')} onClick={onDismiss}>
        <X aria-hidden size={14} />
      </button>
    </div>
  );
}
