/** Says when the window has lost its engine, and lets people try at once. */
import { Unplug } from 'lucide-react';
import { useServices } from '../app/services.ts';
import { useReplica } from '../app/use-store.ts';
import { TextButton } from '../controls/text-button.tsx';
import { useTexts } from '../text/use-texts.ts';

export function ConnectionBanner() {
  const { t } = useTexts();
  const { reconnectNow } = useServices();
  const isLost = useReplica((state) => state.connection === 'lost');
  return (
    <div role="alert" className="banner-place">
      {isLost && (
        <div className="banner">
          <Unplug aria-hidden size={16} />
          <span>{t('connection.lost')}</span>
          <TextButton tone="quiet" onPress={reconnectNow}>
            {t('connection.retry')}
          </TextButton>
        </div>
      )}
    </div>
  );
}
