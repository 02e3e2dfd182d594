/** The bottom edge: what runs, what waits, how much room is left, and the speed limit. */
import { useServices } from '../app/services.ts';
import { useReplica } from '../app/use-store.ts';
import { useTexts } from '../text/use-texts.ts';
import { SpeedLimitMenu } from './speed-limit-menu.tsx';
import { useFreeSpace } from './use-free-space.ts';

export function StatusBar() {
  const { t, formats } = useTexts();
  const { platform } = useServices();
  const speed = useReplica((state) => state.totals.speedBytesPerSecond);
  const running = useReplica((state) => state.totals.byKind.running);
  const queued = useReplica((state) => state.totals.byKind.queued);
  const isUnsaved = useReplica((state) => state.isUnsaved);
  const room = useFreeSpace();
  return (
    <footer className="status-bar" aria-label={t('status.label')} data-host={platform.kind}>
      <span className="status-speed figure" aria-label={t('status.speed')} role="status" aria-live="off">
        {formats.speed(speed)}
      </span>
      {running > 0 && <span className="figure">{t('status.running', { count: running })}</span>}
      {queued > 0 && <span className="figure">{t('status.queued', { count: queued })}</span>}
      {isUnsaved && <span role="alert">{t('status.unsaved')}</span>}
      <span className="spacer" />
      {room !== undefined && (
        <span className="figure" title={t('status.freeHint', { folder: room.folder })}>
          {t('status.free', { size: formats.size(room.freeBytes) })}
        </span>
      )}
      <SpeedLimitMenu />
    </footer>
  );
}
