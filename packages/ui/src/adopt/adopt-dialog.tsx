/** Takes over the unfinished files of a folder: what another Sluice, another computer or a lost list began. */
import type { Adopted } from '@sluice/contract';
import { useState } from 'react';
import { useServices } from '../app/services.ts';
import { DialogFrame } from '../controls/dialog-frame.tsx';
import { FolderField } from '../controls/folder-field.tsx';
import { TextButton } from '../controls/text-button.tsx';
import { thrownText } from '../text/error-text.ts';
import { useTexts } from '../text/use-texts.ts';
import { closeDialog, reveal } from '../view/view-store.ts';
import { AdoptionReport } from './adoption-report.tsx';
import { needsLink, UnvouchedLinks } from './unvouched-links.tsx';

/** What became of the last try; `problem` is a sentence about the whole folder. */
type Outcome =
  | { readonly kind: 'none' }
  | { readonly kind: 'problem'; readonly problem: string }
  | { readonly kind: 'searched'; readonly results: Adopted['results'] };

export function AdoptDialog() {
  const { t } = useTexts();
  const { view, replica, engine } = useServices();
  const [folder, setFolder] = useState(() => replica.getState().settings.downloadFolder);
  const [isBusy, setIsBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>({ kind: 'none' });
  /** By file: links of partials that lost their journals. */
  const [links, setLinks] = useState<Readonly<Record<string, string>>>({});
  const close = () => closeDialog(view);

  function choose(next: string): void {
    // What comes back is about the folder that was asked for.
    if (next === folder || isBusy) return;
    setFolder(next);
    setOutcome({ kind: 'none' });
    setLinks({});
  }

  async function adopt(start: boolean): Promise<void> {
    setIsBusy(true);
    try {
      // An empty field stands for the folder that the host says it is.
      const path = folder.trim() || (await engine.folderInfo({ folder: '' })).folder;
      const results =
        given.length > 0 ? await adoptGiven(path, start) : (await engine.adopt({ folder: path, start })).results;
      setOutcome({ kind: 'searched', results });
      const first = results.find((result) => result.kind === 'adopted');
      if (first !== undefined && view.getState().dialog.kind === 'adopt') reveal(view, first.id);
    } catch (error) {
      setOutcome({ kind: 'problem', problem: thrownText(t, error).what });
    } finally {
      setIsBusy(false);
    }
  }

  /** Those whose link is known now. What is said of the others stays. */
  async function adoptGiven(path: string, start: boolean): Promise<Adopted['results']> {
    const after: Adopted['results'] = [];
    for (const result of unvouched) {
      const url = links[result.fileName]?.trim() ?? '';
      if (url === '') after.push(result);
      else
        after.push(...(await engine.adopt({ folder: path, name: result.fileName, download: { url }, start })).results);
    }
    return after;
  }

  const unvouched = outcome.kind === 'searched' ? outcome.results.filter(needsLink) : [];
  const given = unvouched.filter(({ fileName }) => (links[fileName] ?? '').trim() !== '');
  // Once some were taken, the same again would find nothing more.
  const isOver =
    outcome.kind === 'searched' && unvouched.length === 0 && outcome.results.some(({ kind }) => kind === 'adopted');
  return (
    <DialogFrame
      title={t('adopt.title')}
      width="wide"
      onClose={close}
      onSubmit={() => {
        if (isOver) close();
        else if (!isBusy) void adopt(true);
      }}
      buttons={
        isOver ? (
          <>
            <span className="spacer" />
            <TextButton tone="main" type="submit" autoFocus>
              {t('adopt.close')}
            </TextButton>
          </>
        ) : (
          <>
            <TextButton onPress={close}>{t('adopt.dismiss')}</TextButton>
            <span className="spacer" />
            <TextButton isDisabled={isBusy} onPress={() => void adopt(false)}>
              {t('adopt.paused')}
            </TextButton>
            <TextButton tone="main" type="submit" isDisabled={isBusy}>
              {t('adopt.start')}
            </TextButton>
          </>
        )
      }
    >
      <p>{t('adopt.body')}</p>
      <FolderField label={t('adopt.folder')} folder={folder} onCommit={choose} onInput={choose} autoFocus />
      <div role="status" className="adoption">
        {outcome.kind === 'problem' && <p className="field-error">{outcome.problem}</p>}
        {outcome.kind === 'searched' && <AdoptionReport results={outcome.results.filter((one) => !needsLink(one))} />}
      </div>
      {unvouched.length > 0 && (
        <UnvouchedLinks
          fileNames={unvouched.map(({ fileName }) => fileName)}
          links={links}
          onChange={(fileName, link) => setLinks({ ...links, [fileName]: link })}
        />
      )}
    </DialogFrame>
  );
}
