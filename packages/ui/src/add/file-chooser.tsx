/** Chooses files that hold links, from the Add dialog. */
import { FileTrigger } from 'react-aria-components';
import { useServices } from '../app/services.ts';
import { TextButton } from '../controls/text-button.tsx';
import { useTexts } from '../text/use-texts.ts';
import { addContent } from './add-text.ts';
import { readDropped } from './dropped-text.ts';

export function FileChooser() {
  const { t } = useTexts();
  const { view, notices, commands } = useServices();
  async function take(files: readonly File[]): Promise<void> {
    let isTaken = false;
    for (const { name, bytes } of await readDropped(files)) isTaken = addContent(view, bytes, name) || isTaken;
    if (!isTaken) notices.show({ tone: 'news', text: t('notice.noLinksDropped') });
  }
  return (
    <FileTrigger allowsMultiple onSelect={(files) => files !== null && commands.attempt(take([...files]))}>
      <TextButton tone="quiet">{t('add.chooseFiles')}</TextButton>
    </FileTrigger>
  );
}
