/** The hours of the week in which a queue may run: none means always. */
import type { ScheduleWindow } from '@sluice/contract';
import { Plus, Trash2 } from 'lucide-react';
import { Input, Label, TextField, ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { TextButton } from '../controls/text-button.tsx';
import { ToolButton } from '../controls/tool-button.tsx';
import { useRows } from '../controls/use-rows.ts';
import { useTexts } from '../text/use-texts.ts';
import { clockMinutes, clockText } from './clock-minutes.ts';

/** As people read a week, Monday first; 0 is Sunday. */
const week = [1, 2, 3, 4, 5, 6, 0] as const;
/** The first Sunday of a year that began on one, to name days by. */
const sunday = Date.UTC(2023, 0, 1, 12);
const dayMs = 86_400_000;

const nights: ScheduleWindow = { days: [...week], fromMinute: 22 * 60, untilMinute: 6 * 60 };

export interface ScheduleEditorProps {
  /** As it is at first; what becomes of it is told. */
  readonly schedule: readonly ScheduleWindow[];
  readonly onChange: (schedule: readonly ScheduleWindow[]) => void;
}

export function ScheduleEditor({ schedule, onChange }: ScheduleEditorProps) {
  const { t } = useTexts();
  const { rows, add, change, remove } = useRows(schedule);
  return (
    <section className="settings-group" aria-label={t('queue.schedule')}>
      <h3 className="group-title">{t('queue.schedule')}</h3>
      {rows.length === 0 && <p className="field-hint">{t('queue.always')}</p>}
      {rows.map(({ id, value }, index) => (
        <WindowRow
          key={id}
          number={index + 1}
          window={value}
          onChange={(window) => onChange(change(id, window))}
          onRemove={() => onChange(remove(id))}
        />
      ))}
      <div>
        <TextButton tone="quiet" onPress={() => onChange(add(nights))}>
          <Plus aria-hidden size={14} />
          {t('queue.addHours')}
        </TextButton>
      </div>
    </section>
  );
}

interface WindowRowProps {
  readonly number: number;
  readonly window: ScheduleWindow;
  readonly onChange: (window: ScheduleWindow) => void;
  readonly onRemove: () => void;
}

function WindowRow({ number, window, onChange, onRemove }: WindowRowProps) {
  const { t, formats } = useTexts();
  return (
    <div role="group" className="schedule-row" aria-label={t('queue.hoursNumber', { number })}>
      <ToggleButtonGroup
        className="segmented"
        aria-label={t('queue.days')}
        selectionMode="multiple"
        disallowEmptySelection
        selectedKeys={window.days}
        onSelectionChange={(keys) => onChange({ ...window, days: week.filter((day) => keys.has(day)) })}
      >
        {week.map((day) => (
          <ToggleButton
            key={day}
            id={day}
            className="segment-button"
            aria-label={formats.weekday(sunday + day * dayMs, 'long')}
          >
            {formats.weekday(sunday + day * dayMs, 'short')}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <div className="schedule-times">
        <ClockField
          label={t('queue.from')}
          minute={window.fromMinute}
          onChange={(fromMinute) => onChange({ ...window, fromMinute })}
        />
        <ClockField
          label={t('queue.until')}
          minute={window.untilMinute}
          onChange={(untilMinute) => onChange({ ...window, untilMinute })}
        />
        <ToolButton label={t('queue.removeHours', { number })} icon={Trash2} onPress={onRemove} />
      </div>
    </div>
  );
}

interface ClockFieldProps {
  readonly label: string;
  readonly minute: number;
  readonly onChange: (minute: number) => void;
}

function ClockField({ label, minute, onChange }: ClockFieldProps) {
  function type(text: string): void {
    const typed = clockMinutes(text);
    if (typed !== null) onChange(typed);
  }
  return (
    <TextField className="clock-field" type="time" value={clockText(minute)} onChange={type}>
      <Label className="field-label">{label}</Label>
      <Input className="input" />
    </TextField>
  );
}
