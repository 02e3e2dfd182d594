/** What the Add dialog took out of files and recognised text, and what it did not. */
import type { ReadProblem } from '@sluice/formats';
import type { TFunction } from 'i18next';
import { useTexts } from '../text/use-texts.ts';
import type { LinkSource } from './found-links.ts';

/** A longer list of problems is no help. */
const mostShown = 20;

export function SourceReport({ sources }: { readonly sources: readonly LinkSource[] }) {
  const { t } = useTexts();
  return (
    <div className="source-report">
      {sources.map(({ id, name, used, unread }) => (
        <div key={id}>
          <p className="link-summary figure" role="status">
            <span className="link-text">
              <bdi>{name}</bdi>
            </span>
            <span>{t('add.used', { used })}</span>
            {unread.length > 0 && <span>{t('add.notUsed', { unread: unread.length })}</span>}
          </p>
          {unread.length > 0 && (
            <ul className="link-problems source-problems" aria-label={t('add.notUsedList', { name })}>
              {unread.slice(0, mostShown).map(({ line, text, problem }) => (
                <li key={`${line} ${problem.kind} ${text}`}>
                  <span className="link-line figure">{t('add.line', { line })}</span>
                  <bdi className="link-text">{text}</bdi>
                  <span className="link-problem">{readProblemText(t, problem)}</span>
                </li>
              ))}
              {unread.length > mostShown && <li>{t('add.moreProblems', { count: unread.length - mostShown })}</li>}
            </ul>
          )}
        </div>
      ))}
    </div>
  );
}

function readProblemText(t: TFunction, problem: ReadProblem): string {
  switch (problem.kind) {
    case 'scheme-unknown':
      return t('problem.scheme-unknown', { scheme: problem.scheme });
    case 'scheme-typo':
      return t('problem.scheme-typo', { scheme: problem.scheme, suggestion: problem.suggestion });
    case 'bad-range':
      return t('problem.bad-range', { range: problem.range });
    case 'too-many':
      return t('problem.too-large');
    case 'not-a-link':
    case 'host-missing':
    case 'too-long':
    case 'not-understood':
    case 'damaged':
    case 'left-out':
    case 'needs-file':
    case 'relative':
    case 'too-large':
      return t(`problem.${problem.kind}`);
    default:
      return problem satisfies never;
  }
}
