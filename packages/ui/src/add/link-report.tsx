/** What the Add dialog understood: how many links, what was folded, and which lines need a look. */
import type { TFunction } from 'i18next';
import { errorText } from '../text/error-text.ts';
import { useTexts } from '../text/use-texts.ts';
import type { FlaggedLine, LinkProblem, ParsedLinks } from '@sluice/formats';
import type { Rejection } from './use-add.ts';

/** A longer list of problems is no help. */
const mostShown = 20;

export interface LinkReportProps {
  readonly parsed: ParsedLinks;
  readonly isEmpty: boolean;
  readonly rejected: readonly Rejection[];
  /** What starts the download from the field above. */
  readonly startKeys: readonly string[];
}

export function LinkReport({ parsed, isEmpty, rejected, startKeys }: LinkReportProps) {
  const { t } = useTexts();
  const urls = new Set(parsed.links.map((link) => link.url));
  // A rejected link that was edited is a new link.
  const stillRejected = rejected.filter(({ url }) => urls.has(url));
  return (
    <div className="link-report">
      <p className="link-summary figure" role="status">
        {summary().map((part) => (
          <span key={part}>{part}</span>
        ))}
        {parsed.links.length > 0 && (
          <span className="link-keys">
            {startKeys.map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
            {t('add.startKey')}
          </span>
        )}
      </p>
      {stillRejected.length > 0 && (
        <ul className="link-problems" aria-label={t('add.rejected', { count: stillRejected.length })}>
          {stillRejected.slice(0, mostShown).map(({ url, error }) => (
            <li key={url}>
              <bdi className="link-text">{url}</bdi>
              <span className="link-problem">{errorText(t, error).what}</span>
            </li>
          ))}
        </ul>
      )}
      {parsed.flagged.length > 0 && <FlaggedLines flagged={parsed.flagged} />}
    </div>
  );

  function summary(): string[] {
    if (isEmpty) return ['\u00a0'];
    const { links, repeated, skipped, flagged } = parsed;
    return [
      links.length === 0 ? t('add.none') : t('add.count', { count: links.length }),
      ...(repeated > 0 ? [t('add.duplicates', { count: repeated })] : []),
      ...(skipped > 0 ? [t('add.skipped', { count: skipped })] : []),
      ...(flagged.length > 0 ? [t('add.problems', { count: flagged.length })] : []),
    ];
  }
}

function FlaggedLines({ flagged }: { readonly flagged: readonly FlaggedLine[] }) {
  const { t } = useTexts();
  return (
    <ul className="link-problems" aria-label={t('add.problemsList')}>
      {flagged.slice(0, mostShown).map(({ line, text, problem }) => (
        <li key={line}>
          <span className="link-line figure">{t('add.line', { line })}</span>
          <bdi className="link-text">{text}</bdi>
          <span className="link-problem">{problemText(t, problem)}</span>
        </li>
      ))}
      {flagged.length > mostShown && <li>{t('add.moreProblems', { count: flagged.length - mostShown })}</li>}
    </ul>
  );
}

function problemText(t: TFunction, problem: LinkProblem): string {
  switch (problem.kind) {
    case 'scheme-unknown':
      return t('problem.scheme-unknown', { scheme: problem.scheme });
    case 'scheme-typo':
      return t('problem.scheme-typo', { scheme: problem.scheme, suggestion: problem.suggestion });
    case 'not-a-link':
    case 'host-missing':
    case 'too-long':
    case 'too-many':
      return t(`problem.${problem.kind}`);
    case 'bad-range':
      return t('problem.bad-range', { range: problem.range });
    default:
      return problem satisfies never;
  }
}
