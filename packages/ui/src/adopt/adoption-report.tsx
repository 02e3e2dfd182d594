/** Says how many unfinished files of a folder were adopted, and which were not, and why. */
import type { Adopted } from '@sluice/contract';
import { errorText } from '../text/error-text.ts';
import { useTexts } from '../text/use-texts.ts';

/** A longer list of problems is no help. */
const mostShown = 20;

export function AdoptionReport({ results }: { readonly results: Adopted['results'] }) {
  const { t } = useTexts();
  const adopted = results.filter(({ kind }) => kind === 'adopted').length;
  const present = results.filter(({ kind }) => kind === 'present').length;
  const refused = results.filter((result) => result.kind === 'rejected');
  const summary = [
    ...(adopted > 0 ? [t('adopt.adopted', { count: adopted })] : []),
    ...(present > 0 ? [t('adopt.present', { count: present })] : []),
    ...(refused.length > 0 ? [t('adopt.refused', { count: refused.length })] : []),
  ];
  return (
    <>
      <p>{summary.length === 0 ? t('adopt.nothing') : summary.join(' ')}</p>
      {refused.length > 0 && (
        <ul className="link-problems" aria-label={t('adopt.refusedList')}>
          {refused.slice(0, mostShown).map(({ fileName, error }) => (
            <li key={fileName}>
              <bdi className="link-text">{fileName}</bdi>
              <span className="link-problem">{errorText(t, error).what}</span>
            </li>
          ))}
          {refused.length > mostShown && <li>{t('add.moreProblems', { count: refused.length - mostShown })}</li>}
        </ul>
      )}
    </>
  );
}
