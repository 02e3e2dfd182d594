/** Everything that can be said of how a link is asked for: who asks, what is sent along, and which way. */
import { ChoiceSelect } from '../controls/choice-select.tsx';
import { TextInput } from '../controls/text-input.tsx';
import { Toggle } from '../controls/toggle.tsx';
import { useTexts } from '../text/use-texts.ts';
import {
  type BackendChoice,
  backendChoices,
  type DraftProblem,
  proxyChoices,
  type RequestDraft,
} from './request-draft.ts';

export interface RequestFieldsProps {
  readonly draft: RequestDraft;
  readonly onChange: (draft: RequestDraft) => void;
  readonly problems: readonly DraftProblem[];
  /** Other links to the same file make sense for one file alone. */
  readonly hasMirrors: boolean;
  /** For a download on the list: where it may stay as it is, or go back to automatic. */
  readonly isChange?: boolean;
}

export function RequestFields({ draft, onChange, problems, hasMirrors, isChange = false }: RequestFieldsProps) {
  const { t } = useTexts();
  const field = (name: Exclude<keyof RequestDraft, 'insecure' | 'proxyChoice' | 'backend'>) => ({
    label: t(`request.${name}`),
    value: draft[name],
    onChange: (value: string) => onChange({ ...draft, [name]: value }),
  });
  const problem = (name: DraftProblem) => (problems.includes(name) ? t(`request.problem.${name}`) : '');
  const backends: readonly BackendChoice[] = backendChoices.filter((choice) => isChange || choice !== 'asBefore');
  return (
    <div className="request-fields">
      <div className="field-pair">
        <TextInput {...field('username')} />
        <TextInput {...field('password')} kind="secret" />
      </div>
      <TextInput {...field('cookies')} hint={t('request.cookiesHint')} placeholder="session=…; theme=…" />
      <TextInput
        {...field('headers')}
        kind="lines"
        hint={t('request.headersHint')}
        problem={problem('headers')}
        placeholder="X-Token: …"
      />
      <div className="field-pair">
        <TextInput {...field('referer')} />
        <TextInput {...field('userAgent')} />
      </div>
      <div className="field-pair">
        <ChoiceSelect
          label={t('request.proxyChoice')}
          choices={proxyChoices.map((id) => ({ id, label: t(`request.proxyChoices.${id}`) }))}
          value={draft.proxyChoice}
          onChange={(chosen) => {
            const proxyChoice = proxyChoices.find((choice) => choice === chosen);
            if (proxyChoice !== undefined) onChange({ ...draft, proxyChoice });
          }}
        />
        {draft.proxyChoice === 'own' && (
          <TextInput {...field('proxy')} placeholder="socks5://127.0.0.1:1080" problem={problem('proxy')} />
        )}
      </div>
      {hasMirrors && (
        <TextInput {...field('mirrors')} kind="lines" hint={t('request.mirrorsHint')} problem={problem('mirrors')} />
      )}
      <ChoiceSelect
        label={t('request.backend')}
        hint={t('request.backendHint')}
        choices={backends.map((id) => ({ id, label: t(`request.backendChoices.${id}`) }))}
        value={isChange || draft.backend !== 'asBefore' ? draft.backend : 'auto'}
        onChange={(chosen) => {
          const backend = backends.find((choice) => choice === chosen);
          if (backend !== undefined) onChange({ ...draft, backend });
        }}
      />
      <Toggle
        label={t('request.insecure')}
        isOn={draft.insecure}
        onChange={(insecure) => onChange({ ...draft, insecure })}
      />
    </div>
  );
}
