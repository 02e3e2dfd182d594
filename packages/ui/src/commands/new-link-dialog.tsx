/** Gives an unfinished download another link, for one that has expired or moved. */
import type { DownloadId } from '@sluice/contract';
import { useState } from 'react';
import { FieldError, Input, Label, TextField } from 'react-aria-components';
import { parseLinks } from '../add/parse-links.ts';
import { useServices } from '../app/services.ts';
import { DialogFrame } from '../controls/dialog-frame.tsx';
import { TextButton } from '../controls/text-button.tsx';
import { thrownText } from '../text/error-text.ts';
import { useTexts } from '../text/use-texts.ts';
import { closeDialog } from '../view/view-store.ts';
import { isolated } from './commands.ts';

export function NewLinkDialog({ id }: { readonly id: DownloadId }) {
  const { t } = useTexts();
  const { view, mirror, engine } = useServices();
  const [download] = useState(() => mirror.getState().downloads.get(id));
  const [text, setText] = useState('');
  const [problem, setProblem] = useState('');
  const close = () => closeDialog(view);

  async function save(): Promise<void> {
    const { links } = parseLinks(text);
    const [only] = links;
    if (only === undefined || links.length > 1) {
      setProblem(t('newLink.notOne'));
      return;
    }
    try {
      await engine.changeRequest({ id, url: only.url });
      close();
    } catch (error) {
      setProblem(thrownText(t, error).what);
    }
  }

  return (
    <DialogFrame
      title={t('newLink.title', { name: isolated(download?.name ?? '') })}
      width="wide"
      onClose={close}
      onSubmit={() => void save()}
      buttons={
        <>
          <TextButton onPress={close}>{t('newLink.dismiss')}</TextButton>
          <TextButton tone="main" type="submit" isDisabled={text.trim() === ''}>
            {t('newLink.save')}
          </TextButton>
        </>
      }
    >
      <p>{t('newLink.body')}</p>
      <dl className="fact">
        <dt>{t('newLink.current')}</dt>
        <dd>
          <bdi>{download?.url}</bdi>
        </dd>
      </dl>
      <TextField
        className="field"
        value={text}
        onChange={(next) => {
          setText(next);
          setProblem('');
        }}
        isInvalid={problem !== ''}
        autoFocus
      >
        <Label className="field-label">{t('newLink.link')}</Label>
        <Input className="input" spellCheck="false" inputMode="url" />
        <FieldError className="field-hint field-error">{problem}</FieldError>
      </TextField>
    </DialogFrame>
  );
}
