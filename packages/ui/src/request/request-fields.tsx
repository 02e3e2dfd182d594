/** Everything that can be said of how a link is asked for: who asks, what is sent along, and which way. */
import { ListBox, ListBoxItem, Label, Popover, Select, SelectValue, Button } from 'react-aria-components';
import { ChevronDown } from 'lucide-react';
import { TextInput } from '../controls/text-input.tsx';
import { Toggle } from '../controls/toggle.tsx';
import { useTexts } from '../text/use-texts.ts';
import { type DraftProblem, proxyChoices, type RequestDraft } from './request-draft.ts';

export interface RequestFieldsProps {
  readonly draft: RequestDraft;
  readonly onChange: (draft: RequestDraft) => void;
  readonly problems: readonly DraftProblem[];
  /** Other links to the same file make sense for one file alone. */
  readonly hasMirrors: boolean;
}

export function RequestFields({ draft, onChange, problems, hasMirrors }: RequestFieldsProps) {
  const { t } = useTexts();
  const field = (name: Exclude<keyof RequestDraft, 'insecure' | 'proxyChoice'>) => ({
    label: t(`request.${name}`),
    value: draft[name],
    onChange: (value: string) => onChange({ ...draft, [name]: value }),
  });
  const problem = (name: DraftProblem) => (problems.includes(name) ? t(`request.problem.${name}`) : '');
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
        <ProxySelect draft={draft} onChange={onChange} />
        {draft.proxyChoice === 'own' && (
          <TextInput {...field('proxy')} placeholder="socks5://127.0.0.1:1080" problem={problem('proxy')} />
        )}
      </div>
      {hasMirrors && (
        <TextInput {...field('mirrors')} kind="lines" hint={t('request.mirrorsHint')} problem={problem('mirrors')} />
      )}
      <Toggle
        label={t('request.insecure')}
        isOn={draft.insecure}
        onChange={(insecure) => onChange({ ...draft, insecure })}
      />
    </div>
  );
}

function ProxySelect({ draft, onChange }: Pick<RequestFieldsProps, 'draft' | 'onChange'>) {
  const { t } = useTexts();
  return (
    <Select
      className="field"
      value={draft.proxyChoice}
      onChange={(key) => {
        const proxyChoice = proxyChoices.find((choice) => choice === key);
        if (proxyChoice !== undefined) onChange({ ...draft, proxyChoice });
      }}
    >
      <Label className="field-label">{t('request.proxyChoice')}</Label>
      <Button className="input select-button">
        <SelectValue />
        <ChevronDown aria-hidden size={14} />
      </Button>
      <Popover className="popover">
        <ListBox className="menu">
          {proxyChoices.map((choice) => (
            <ListBoxItem key={choice} id={choice} className="menu-item">
              {t(`request.proxyChoices.${choice}`)}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  );
}
