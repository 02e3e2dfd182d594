/** Makes a queue, or changes one: its name, how much of it runs, and at what hours. */
import { mainQueueId, type QueueId, type QueueView } from '@sluice/contract';
import { useState } from 'react';
import { useServices } from '../app/services.ts';
import { isolated } from '../commands/commands.ts';
import { DialogFrame } from '../controls/dialog-frame.tsx';
import { NumberInput } from '../controls/number-input.tsx';
import { SpeedInput } from '../controls/speed-input.tsx';
import { TextButton } from '../controls/text-button.tsx';
import { TextInput } from '../controls/text-input.tsx';
import { Toggle } from '../controls/toggle.tsx';
import { thrownText } from '../text/error-text.ts';
import { useTexts } from '../text/use-texts.ts';
import { closeDialog } from '../view/view-store.ts';
import { queueById } from './queue-hold.ts';
import { ScheduleEditor } from './schedule-editor.tsx';

type Draft = Pick<QueueView, 'name' | 'maxRunning' | 'speedLimitBytesPerSecond' | 'isPaused' | 'schedule'>;

const newQueue: Draft = { name: '', maxRunning: 0, speedLimitBytesPerSecond: 0, isPaused: false, schedule: [] };

/** @param id null for a queue that is to be made */
export function QueueDialog({ id }: { readonly id: QueueId | null }) {
  const { t } = useTexts();
  const { view, replica, engine, commands } = useServices();
  const [before] = useState<Draft | undefined>(() =>
    id === null ? newQueue : queueById(replica.getState().queues, id),
  );
  const [draft, setDraft] = useState(before ?? newQueue);
  const [problem, setProblem] = useState('');
  const close = () => closeDialog(view);
  const change = (fields: Partial<Draft>) => setDraft((now) => ({ ...now, ...fields }));

  async function save(): Promise<void> {
    const { name, maxRunning, speedLimitBytesPerSecond, isPaused, schedule } = draft;
    const queue = { name: name.trim(), maxRunning, speedLimitBytesPerSecond, isPaused, schedule };
    try {
      const saved = await engine.saveQueue(id === null ? queue : { id, ...queue });
      if (id === null) view.setState({ queueId: saved.id });
      close();
    } catch (error) {
      setProblem(thrownText(t, error).what);
    }
  }

  function remove(queueId: QueueId): void {
    view.setState({ queueId: null });
    commands.attempt(engine.removeQueue({ id: queueId }));
    close();
  }

  return (
    <DialogFrame
      title={id === null ? t('queue.titleNew') : t('queue.title', { name: isolated(before?.name ?? '') })}
      width="wide"
      onClose={close}
      onSubmit={() => void save()}
      buttons={
        <>
          {id !== null && id !== mainQueueId && (
            <TextButton tone="danger" onPress={() => remove(id)}>
              {t('queue.remove')}
            </TextButton>
          )}
          <span className="spacer" />
          <TextButton onPress={close}>{t('queue.dismiss')}</TextButton>
          <TextButton tone="main" type="submit" isDisabled={draft.name.trim() === ''}>
            {id === null ? t('queue.make') : t('queue.save')}
          </TextButton>
        </>
      }
    >
      <TextInput
        label={t('queue.name')}
        value={draft.name}
        onChange={(name) => {
          change({ name });
          setProblem('');
        }}
        problem={problem}
        autoFocus={id === null}
      />
      <Toggle label={t('queue.isPaused')} isOn={draft.isPaused} onChange={(isPaused) => change({ isPaused })} />
      <div className="settings-grid">
        <NumberInput
          label={t('queue.maxRunning')}
          hint={t('queue.maxRunningHint')}
          min={0}
          max={64}
          value={draft.maxRunning}
          onChange={(maxRunning) => change({ maxRunning })}
        />
        <SpeedInput
          label={t('queue.limit')}
          hint={t('queue.limitHint')}
          bytesPerSecond={draft.speedLimitBytesPerSecond}
          onChange={(speedLimitBytesPerSecond) => change({ speedLimitBytesPerSecond })}
        />
      </div>
      <ScheduleEditor schedule={draft.schedule} onChange={(schedule) => change({ schedule: [...schedule] })} />
      {id !== null && id !== mainQueueId && <p className="field-hint">{t('queue.removeHint')}</p>}
    </DialogFrame>
  );
}
