/** How often a download tries in a row without a new byte: as the settings say, without end, or a number of times. */
import { useReplica } from '../app/use-store.ts';
import { ChoiceSelect } from '../controls/choice-select.tsx';
import { NumberInput } from '../controls/number-input.tsx';
import { useTexts } from '../text/use-texts.ts';

export interface AttemptsFieldProps {
  /** 0 is without end; null follows the settings; undefined is blank, since it stands for several that differ. */
  readonly attempts: number | null | undefined;
  readonly onChange: (attempts: number | null) => void;
}

const choices = ['settings', 'never', 'own'] as const;

export function AttemptsField({ attempts, onChange }: AttemptsFieldProps) {
  const { t } = useTexts();
  const general = useReplica((state) => state.settings.maxAttempts);
  const chosen = attempts === undefined ? null : attempts === null ? 'settings' : attempts === 0 ? 'never' : 'own';

  function choose(id: string): void {
    if (id === 'settings') onChange(null);
    else if (id === 'never') onChange(0);
    // A number to begin with: the one that held until now, unless that was none.
    else if (chosen !== 'own') onChange(general || mostUsual);
  }

  return (
    <div className="field-pair">
      <ChoiceSelect
        label={t('limits.giveUp')}
        choices={choices.map((id) => ({ id, label: t(`limits.giveUpChoices.${id}`) }))}
        value={chosen}
        onChange={choose}
      />
      {typeof attempts === 'number' && attempts > 0 && (
        <NumberInput label={t('limits.attempts')} min={1} max={1000} value={attempts} onChange={onChange} />
      )}
    </div>
  );
}

const mostUsual = 25;
