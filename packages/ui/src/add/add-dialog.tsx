/** Adds one or many links: what was understood is shown as rows while it is typed, and what is wrong line by line. */
import { type DownloadId, mainQueueId } from '@sluice/contract';
import {
  useDeferredValue,
  useMemo,
  useRef,
  useState,
  type ClipboardEvent,
  type FocusEvent,
  type KeyboardEvent,
} from 'react';
import { Label, TextArea, TextField } from 'react-aria-components';
import { useServices } from '../app/services.ts';
import { useReplica } from '../app/use-store.ts';
import { ChoiceSelect } from '../controls/choice-select.tsx';
import { DialogFrame } from '../controls/dialog-frame.tsx';
import { FolderField } from '../controls/folder-field.tsx';
import { TextButton } from '../controls/text-button.tsx';
import { TextInput } from '../controls/text-input.tsx';
import { RequestDisclosure } from '../request/request-disclosure.tsx';
import { useTexts } from '../text/use-texts.ts';
import { closeDialog } from '../view/view-store.ts';
import { addContent, isRecognised } from './add-text.ts';
import { FileChooser } from './file-chooser.tsx';
import type { FoundLinks } from './found-links.ts';
import { SourceReport } from './source-report.tsx';
import { LinkReport } from './link-report.tsx';
import { LinkRows } from './link-rows-panel.tsx';
import { parseLinks, urlKey } from '@sluice/formats';
import { PatternReport } from './pattern-report.tsx';
import { suggestName } from './suggest-name.ts';
import { useAdd } from './use-add.ts';
import { useLinkRows } from './use-link-rows.ts';
import { useClipboardPrefill } from './use-clipboard-prefill.ts';

export interface AddDialogProps {
  /** Lives in the view store, so that links can come in while the dialog is open. */
  readonly text: string;
  /** A failed download whose link goes to another folder. */
  readonly replaces: DownloadId | undefined;
  /** What files say of the links. */
  readonly found: FoundLinks;
}

export function AddDialog({ text, replaces, found }: AddDialogProps) {
  const { t } = useTexts();
  const { view, platform } = useServices();
  const settled = useDeferredValue(text);
  const [isLiteral, setLiteral] = useState(false);
  const parsed = useMemo(() => parseLinks(settled, { isLiteral }), [settled, isLiteral]);
  const add = useAdd({ replaces, found });
  useClipboardPrefill(replaces === undefined);
  const queues = useReplica((state) => state.queues);
  // What was pasted, dropped or handed over is whole, so Enter starts it; in what is typed it begins another line.
  const [typed, setTyped] = useState('');
  const isWhole = text !== typed;
  const rows = useLinkRows(parsed.links, { isWhole, replaces, found, fieldsOf: add.requestFields });
  const [only] = parsed.links;
  const isSingle = parsed.links.length === 1;
  const count = rows.totals.chosen;
  const canAdd = count > 0 && !add.isBusy;
  const wasFocused = useRef(false);

  function setText(next: string): void {
    setTyped(next);
    view.setState(({ dialog }) => (dialog.kind === 'add' ? { dialog: { ...dialog, text: next } } : {}));
  }
  // Where more links go; a browser would begin at the front of what was pasted. Who comes back later finds the caret as it was.
  function goToEndOnce({ currentTarget }: FocusEvent<HTMLTextAreaElement>): void {
    if (wasFocused.current) return;
    wasFocused.current = true;
    currentTarget.setSelectionRange(currentTarget.value.length, currentTarget.value.length);
  }
  // Parsed afresh: what is typed last must not be missed because its report was still being drawn.
  const submit = (start: boolean) => add.submit(rows.choose(parseLinks(text, { isLiteral }).links), { start });
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    if (!isWhole && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    submit(true);
  }

  // Of a recognised format, the field gets the links and the dialog what goes with them.
  function onPaste(event: ClipboardEvent): void {
    const pasted = event.clipboardData.getData('text/plain');
    if (!isRecognised(pasted)) return;
    event.preventDefault();
    addContent(view, pasted);
  }

  return (
    <DialogFrame
      title={replaces === undefined ? t('add.title') : t('add.titleChange')}
      width="wide"
      onClose={() => closeDialog(view)}
      onSubmit={() => submit(true)}
      buttons={
        <>
          <TextButton onPress={() => closeDialog(view)}>{t('add.dismiss')}</TextButton>
          <span className="spacer" />
          <TextButton isDisabled={!canAdd} onPress={() => submit(false)}>
            {t('add.paused')}
          </TextButton>
          <TextButton tone="main" type="submit" isDisabled={!canAdd}>
            {count > 1 ? t('add.startMany', { count }) : t('add.start')}
          </TextButton>
        </>
      }
    >
      <div className="links-area">
        <TextField className="field" value={text} onChange={setText} autoFocus>
          <Label className="field-label">{t('add.links')}</Label>
          <TextArea
            className="input lines-input links-input"
            rows={5}
            wrap="off"
            spellCheck="false"
            autoCapitalize="off"
            placeholder={t('add.linksPlaceholder')}
            onKeyDown={onKeyDown}
            onPaste={onPaste}
            onFocus={goToEndOnce}
          />
        </TextField>
        {replaces === undefined && <FileChooser />}
      </div>
      <LinkReport
        parsed={parsed}
        isEmpty={settled.trim() === ''}
        rejected={add.rejected}
        startKeys={isWhole ? ['Enter'] : [platform.os === 'darwin' ? '⌘' : 'Ctrl', 'Enter']}
      />
      {found.sources.length > 0 && <SourceReport sources={found.sources} />}
      {(parsed.patterns.length > 0 || isLiteral) && (
        <PatternReport patterns={parsed.patterns} isLiteral={isLiteral} onChange={setLiteral} />
      )}
      {parsed.links.length > 0 && <LinkRows rows={rows} folder={add.folder} isSingle={isSingle} />}
      <FolderField label={t('add.folder')} folder={add.folder} onCommit={add.setFolder} onInput={add.setFolder} />
      {queues.length > 1 && (
        <ChoiceSelect
          label={t('queue.label')}
          choices={queues.map(({ id, name }) => ({ id, label: name }))}
          value={add.queueId ?? mainQueueId}
          onChange={add.setQueueId}
        />
      )}
      {isSingle && only !== undefined && (
        <div className="field-pair">
          <TextInput
            label={t('add.name')}
            value={add.name}
            onChange={add.setName}
            placeholder={found.byLink.get(urlKey(only.url))?.download.name ?? suggestName(only.url)}
            hint={t('add.nameHint')}
          />
          <TextInput
            label={t('add.checksum')}
            value={add.checksum}
            onChange={add.setChecksum}
            placeholder={found.byLink.get(urlKey(only.url))?.download.checksum ?? ''}
            hint={t('add.checksumHint')}
            problem={add.checksumProblem}
          />
        </div>
      )}
      <RequestDisclosure
        draft={add.request}
        onChange={add.setRequest}
        problems={add.requestProblems}
        hasMirrors={isSingle}
      />
    </DialogFrame>
  );
}
