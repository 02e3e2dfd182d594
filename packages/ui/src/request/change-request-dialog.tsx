/** Gives an unfinished download another link or another way of asking: one that has expired, moved, or wants a login. */
import type { DownloadId } from '@sluice/contract';
import { useState } from 'react';
import { parseLinks } from '@sluice/formats';
import { useServices } from '../app/services.ts';
import { isolated } from '../commands/commands.ts';
import { DialogFrame } from '../controls/dialog-frame.tsx';
import { TextButton } from '../controls/text-button.tsx';
import { TextInput } from '../controls/text-input.tsx';
import { thrownText } from '../text/error-text.ts';
import { useTexts } from '../text/use-texts.ts';
import { closeDialog } from '../view/view-store.ts';
import { RequestDisclosure } from './request-disclosure.tsx';
import { type DraftProblem, emptyDraft, readDraft } from './request-draft.ts';

export interface ChangeRequestDialogProps {
  readonly id: DownloadId;
  /** What is most likely to be changed. */
  readonly asks: 'link' | 'login';
}

export function ChangeRequestDialog({ id, asks }: ChangeRequestDialogProps) {
  const { t } = useTexts();
  const { view, replica, engine } = useServices();
  const [download] = useState(() => replica.getState().downloads.get(id));
  const [text, setText] = useState('');
  const [problem, setProblem] = useState('');
  const [draft, setDraft] = useState(emptyDraft);
  const [problems, setProblems] = useState<readonly DraftProblem[]>([]);
  const close = () => closeDialog(view);
  const { fields } = readDraft(draft);
  const changesNothing = text.trim() === '' && Object.keys(fields).length === 0;

  async function save(): Promise<void> {
    const reading = readDraft(draft);
    const { links } = parseLinks(text);
    const [only] = links;
    setProblems(reading.problems);
    if (text.trim() !== '' && (only === undefined || links.length > 1)) return setProblem(t('newLink.notOne'));
    if (reading.problems.length > 0 || changesNothing) return;
    try {
      await engine.changeRequest({ id, ...(only === undefined ? {} : { url: only.url }), ...reading.fields });
      close();
    } catch (error) {
      setProblem(thrownText(t, error).what);
    }
  }

  const texts = asks === 'link' ? 'newLink' : 'signIn';
  return (
    <DialogFrame
      title={t(`${texts}.title`, { name: isolated(download?.name ?? '') })}
      width="wide"
      onClose={close}
      onSubmit={() => void save()}
      buttons={
        <>
          <TextButton onPress={close}>{t('newLink.dismiss')}</TextButton>
          <TextButton tone="main" type="submit" isDisabled={changesNothing && problems.length === 0}>
            {t(`${texts}.save`)}
          </TextButton>
        </>
      }
    >
      <p>{t(`${texts}.body`)}</p>
      <dl className="fact">
        <dt>{t('newLink.current')}</dt>
        <dd>
          <bdi>{download?.url}</bdi>
        </dd>
      </dl>
      <TextInput
        label={t('newLink.link')}
        kind="link"
        value={text}
        onChange={(next) => {
          setText(next);
          setProblem('');
        }}
        problem={problem}
        autoFocus={asks === 'link'}
        hint={t('newLink.linkHint')}
      />
      <RequestDisclosure
        draft={draft}
        onChange={(next) => {
          setDraft(next);
          setProblems([]);
        }}
        problems={problems}
        hasMirrors
        isChange
        isOpenAtFirst={asks === 'login'}
      />
    </DialogFrame>
  );
}
