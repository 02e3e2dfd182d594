/** What the patterns in links stand for, and the choice to take them literally. */
import { Toggle } from '../controls/toggle.tsx';
import { useTexts } from '../text/use-texts.ts';
import type { LinkPattern } from '@sluice/formats';

const mostShown = 3;

export interface PatternReportProps {
  readonly patterns: readonly LinkPattern[];
  readonly isLiteral: boolean;
  readonly onChange: (isLiteral: boolean) => void;
}

export function PatternReport({ patterns, isLiteral, onChange }: PatternReportProps) {
  const { t } = useTexts();
  return (
    <div className="pattern-report">
      {patterns.slice(0, mostShown).map(({ line, count, first, last }) => (
        <p key={line} className="pattern-line" title={`${first}\n${last}`}>
          {t('add.pattern', { count, first: ending(first), last: ending(last) })}
        </p>
      ))}
      <Toggle label={t('add.literal')} isOn={isLiteral} onChange={onChange} />
    </div>
  );
}

/** The part that the links of one pattern do not share is near their end. */
function ending(url: string): string {
  return url.slice(url.lastIndexOf('/', url.length - 2) + 1);
}
