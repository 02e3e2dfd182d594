/** Tells screen readers, politely and once, which downloads finished or failed. */
import type { TFunction } from 'i18next';
import { useEffect, useState } from 'react';
import { useServices } from '../app/services.ts';
import type { ReplicaState } from '../replica/replica.ts';
import { errorText } from '../text/error-text.ts';
import { useTexts } from '../text/use-texts.ts';

export function Announcer() {
  const { t } = useTexts();
  const { replica } = useServices();
  const [text, setText] = useState('');
  useEffect(
    () =>
      replica.subscribe((state, before) => {
        if (state.transitions === before.transitions) return;
        const next = announcement(state, t);
        if (next !== '') setText(next);
      }),
    [replica, t],
  );
  return (
    <div role="log" aria-live="polite" className="visually-hidden">
      {text}
    </div>
  );
}

/** One sentence for each kind of end: by name when it is one, by number when they are many. */
function announcement(state: Pick<ReplicaState, 'transitions' | 'downloads'>, t: TFunction): string {
  const ended = (kind: 'finished' | 'failed') =>
    state.transitions
      .filter(({ to }) => to === kind)
      .map(({ id }) => state.downloads.get(id))
      .filter((download) => download !== undefined);
  const finished = ended('finished');
  const failed = ended('failed');
  const sentences: string[] = [];
  const [onlyFinished] = finished;
  if (finished.length > 1) sentences.push(t('notice.finishedMany', { count: finished.length }));
  else if (onlyFinished !== undefined) sentences.push(t('notice.finished', { name: onlyFinished.name }));
  const [onlyFailed] = failed;
  if (failed.length > 1) sentences.push(t('notice.failedMany', { count: failed.length }));
  else if (onlyFailed?.state.kind === 'failed') {
    sentences.push(t('notice.failed', { name: onlyFailed.name, what: errorText(t, onlyFailed.state.error).what }));
  }
  return sentences.join(' ');
}
