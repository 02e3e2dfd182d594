/** Asks before downloads go off the list, and whether their files go too. */
import type { DownloadId, DownloadView } from '@sluice/contract';
import { useState } from 'react';
import { CheckboxButton, CheckboxField } from 'react-aria-components';
import { useServices } from '../app/services.ts';
import { CheckMark } from '../controls/check-mark.tsx';
import { DialogFrame } from '../controls/dialog-frame.tsx';
import { TextButton } from '../controls/text-button.tsx';
import { useTexts } from '../text/use-texts.ts';
import { closeDialog } from '../view/view-store.ts';
import { isolated } from './commands.ts';

export function RemoveDialog({ ids }: { readonly ids: readonly DownloadId[] }) {
  const { t, formats } = useTexts();
  const { view, replica, commands } = useServices();
  const [deleteFile, setDeleteFile] = useState(false);
  // As they were when the question came up: the list moves on, the question does not.
  const [downloads] = useState(() => listed(ids, replica.getState().downloads));
  const count = ids.length;
  const bytes = bytesOnDisk(downloads);
  const close = () => closeDialog(view);

  function confirm(): void {
    close();
    commands.remove(ids, { deleteFile });
  }

  return (
    <DialogFrame
      isAlert
      title={t('remove.title', { count, name: isolated(downloads[0]?.name ?? '') })}
      onClose={close}
      onSubmit={confirm}
      buttons={
        <>
          <TextButton onPress={close}>{t('remove.keep')}</TextButton>
          <TextButton type="submit" tone={deleteFile ? 'danger' : 'main'} autoFocus>
            {t(deleteFile ? 'remove.confirmDelete' : 'remove.confirm')}
          </TextButton>
        </>
      }
    >
      <p>{t(deleteFile ? 'remove.bodyDelete' : 'remove.body', { count })}</p>
      {bytes > 0 && (
        <CheckboxField isSelected={deleteFile} onChange={setDeleteFile}>
          <CheckboxButton className="checkbox">
            <CheckMark />
            <span>{t('remove.deleteFile', { count })}</span>
          </CheckboxButton>
        </CheckboxField>
      )}
      {bytes > 0 && (
        <p className="field-hint" data-tone={deleteFile ? 'danger' : undefined}>
          {deleteFile ? t('remove.deleteHint', { size: formats.size(bytes) }) : t('remove.keepHint')}
        </p>
      )}
    </DialogFrame>
  );
}

export function listed(ids: readonly DownloadId[], downloads: ReadonlyMap<DownloadId, DownloadView>): DownloadView[] {
  return ids.map((id) => downloads.get(id)).filter((download) => download !== undefined);
}

export function bytesOnDisk(downloads: readonly DownloadView[]): number {
  return downloads.reduce((sum, download) => sum + download.receivedBytes, 0);
}
