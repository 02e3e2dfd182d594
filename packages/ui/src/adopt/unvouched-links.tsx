/** Asks for the links of partials that lost their journals: what a link sends proves which of their bytes are right. */
import type { Adopted } from '@sluice/contract';
import { TextInput } from '../controls/text-input.tsx';
import { useTexts } from '../text/use-texts.ts';

export interface UnvouchedLinksProps {
  readonly fileNames: readonly string[];
  readonly links: Readonly<Record<string, string>>;
  readonly onChange: (fileName: string, link: string) => void;
}

/** More fields than this are no help. */
const mostShown = 20;

export function needsLink(result: Adopted['results'][number]): boolean {
  return result.kind === 'rejected' && result.error.facts?.['needs'] === 'link';
}

export function UnvouchedLinks({ fileNames, links, onChange }: UnvouchedLinksProps) {
  const { t } = useTexts();
  return (
    <section className="unvouched-links" aria-label={t('adopt.unvouched', { count: fileNames.length })}>
      <p>{t('adopt.unvouched', { count: fileNames.length })}</p>
      {fileNames.slice(0, mostShown).map((fileName) => (
        <TextInput
          key={fileName}
          kind="link"
          label={t('adopt.linkOf', { name: fileName })}
          value={links[fileName] ?? ''}
          onChange={(link) => onChange(fileName, link)}
        />
      ))}
    </section>
  );
}
