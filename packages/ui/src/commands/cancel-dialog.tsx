/** Asks before fetched bytes are given up, and offers to keep them. */
import type { DownloadId } from '@sluice/contract';
import { useState } from 'react';
import { useServices } from '../app/services.ts';
import { DialogFrame } from '../controls/dialog-frame.tsx';
import { TextButton } from '../controls/text-button.tsx';
import { useTexts } from '../text/use-texts.ts';
import { closeDialog } from '../view/view-store.ts';
import { applies } from './actions.ts';
import { isolated } from './commands.ts';
import { bytesOnDisk, listed } from './remove-dialog.tsx';

export function CancelDialog({ ids }: { readonly ids: readonly DownloadId[] }) {
  const { t, formats } = useTexts();
  const { view, replica, commands } = useServices();
  const [downloads] = useState(() => listed(ids, replica.getState().downloads));
  const canPause = downloads.some((download) => applies('pause', download));
  const close = () => closeDialog(view);

  return (
    <DialogFrame
      isAlert
      title={t('cancel.title', { count: ids.length, name: isolated(downloads[0]?.name ?? '') })}
      onClose={close}
      buttons={
        <>
          <TextButton
            tone="danger"
            onPress={() => {
              close();
              commands.cancel(ids);
            }}
          >
            {t('cancel.confirm')}
          </TextButton>
          <span className="spacer" />
          <TextButton autoFocus={!canPause} onPress={close}>
            {t('cancel.keep')}
          </TextButton>
          {canPause && (
            <TextButton
              tone="main"
              autoFocus
              onPress={() => {
                close();
                commands.run('pause', ids);
              }}
            >
              {t('cancel.pause')}
            </TextButton>
          )}
        </>
      }
    >
      <p>{t('cancel.body', { size: formats.size(bytesOnDisk(downloads)) })}</p>
    </DialogFrame>
  );
}
