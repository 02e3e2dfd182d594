/** Sets the speed limit and the ceiling of connections of the selected downloads. */
import type { DownloadId } from '@sluice/contract';
import { useState } from 'react';
import { useServices } from '../app/services.ts';
import { DialogFrame } from '../controls/dialog-frame.tsx';
import { NumberInput } from '../controls/number-input.tsx';
import { SpeedInput } from '../controls/speed-input.tsx';
import { TextButton } from '../controls/text-button.tsx';
import { useTexts } from '../text/use-texts.ts';
import { closeDialog } from '../view/view-store.ts';
import { isolated } from './commands.ts';

export function LimitsDialog({ ids }: { readonly ids: readonly DownloadId[] }) {
  const { t } = useTexts();
  const { view, mirror, engine, commands } = useServices();
  const [first] = useState(() => mirror.getState().downloads.get(ids[0] ?? ''));
  const [speed, setSpeed] = useState(first?.speedLimitBytesPerSecond ?? 0);
  const [connections, setConnections] = useState(first?.maxConnections ?? 0);
  const close = () => closeDialog(view);

  function save(): void {
    close();
    commands.attempt(engine.setLimits({ ids: [...ids], speedLimitBytesPerSecond: speed, maxConnections: connections }));
  }

  return (
    <DialogFrame
      title={t('limits.title', { count: ids.length, name: isolated(first?.name ?? '') })}
      onClose={close}
      onSubmit={save}
      buttons={
        <>
          <TextButton onPress={close}>{t('limits.dismiss')}</TextButton>
          <TextButton type="submit" tone="main">
            {t('limits.save')}
          </TextButton>
        </>
      }
    >
      <SpeedInput label={t('limits.speed')} hint={t('limits.speedHint')} bytesPerSecond={speed} onChange={setSpeed} />
      <NumberInput
        label={t('limits.connections')}
        hint={t('limits.connectionsHint')}
        min={0}
        max={64}
        value={connections}
        onChange={setConnections}
      />
    </DialogFrame>
  );
}
