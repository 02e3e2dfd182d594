/** Sets what holds for the selected downloads alone: how fast, over how many connections, and how often they try. */
import type { DownloadId, DownloadView } from '@sluice/contract';
import { useState } from 'react';
import { useServices } from '../app/services.ts';
import { DialogFrame } from '../controls/dialog-frame.tsx';
import { NumberInput } from '../controls/number-input.tsx';
import { SpeedInput } from '../controls/speed-input.tsx';
import { TextButton } from '../controls/text-button.tsx';
import { useTexts } from '../text/use-texts.ts';
import { closeDialog } from '../view/view-store.ts';
import { AttemptsField } from './attempts-field.tsx';
import { isolated } from './commands.ts';

type Limits = Pick<DownloadView, 'speedLimitBytesPerSecond' | 'maxConnections' | 'maxAttempts'>;
type LimitChanges = Partial<Limits>;

export function LimitsDialog({ ids }: { readonly ids: readonly DownloadId[] }) {
  const { t } = useTexts();
  const { view, replica, engine, commands } = useServices();
  const [selected] = useState(() => ids.flatMap((id) => replica.getState().downloads.get(id) ?? []));
  const [changes, setChanges] = useState<LimitChanges>({});
  const { speedLimitBytesPerSecond, maxConnections, maxAttempts } = { ...commonLimits(selected), ...changes };
  const change = (fields: LimitChanges) => setChanges((before) => ({ ...before, ...fields }));
  const close = () => closeDialog(view);

  function save(): void {
    close();
    // A field that was not edited may differ between the downloads, and stays as it is.
    if (Object.keys(changes).length > 0) commands.attempt(engine.setLimits({ ids: [...ids], ...changes }));
  }

  return (
    <DialogFrame
      title={t('limits.title', { count: ids.length, name: isolated(selected[0]?.name ?? '') })}
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
      <SpeedInput
        label={t('limits.speed')}
        hint={t('limits.speedHint')}
        bytesPerSecond={speedLimitBytesPerSecond}
        onChange={(speed) => change({ speedLimitBytesPerSecond: speed })}
      />
      <NumberInput
        label={t('limits.connections')}
        hint={t('limits.connectionsHint')}
        min={0}
        max={64}
        value={maxConnections}
        onChange={(connections) => change({ maxConnections: connections })}
      />
      <AttemptsField attempts={maxAttempts} onChange={(attempts) => change({ maxAttempts: attempts })} />
    </DialogFrame>
  );
}

/** A field is blank where they differ, so that whatever is entered there is a change. */
function commonLimits(selected: readonly Limits[]): { [Name in keyof Limits]: Limits[Name] | undefined } {
  const [first] = selected;
  const common = <Name extends keyof Limits>(name: Name): Limits[Name] | undefined =>
    selected.every((limits) => limits[name] === first?.[name]) ? first?.[name] : undefined;
  return {
    speedLimitBytesPerSecond: common('speedLimitBytesPerSecond'),
    maxConnections: common('maxConnections'),
    maxAttempts: common('maxAttempts'),
  };
}
