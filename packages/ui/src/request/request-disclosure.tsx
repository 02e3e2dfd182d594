/** Keeps what few downloads need out of the way until it is asked for. */
import { ChevronRight } from 'lucide-react';
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
import { useTexts } from '../text/use-texts.ts';
import { RequestFields, type RequestFieldsProps } from './request-fields.tsx';

export function RequestDisclosure(props: RequestFieldsProps & { readonly isOpenAtFirst?: boolean }) {
  const { t } = useTexts();
  return (
    <Disclosure className="disclosure" defaultExpanded={props.isOpenAtFirst ?? false}>
      <Heading className="disclosure-title" level={3}>
        <Button slot="trigger" className="disclosure-button">
          <ChevronRight aria-hidden size={14} />
          {t('request.title')}
        </Button>
      </Heading>
      <DisclosurePanel className="disclosure-panel">
        <RequestFields {...props} />
      </DisclosurePanel>
    </Disclosure>
  );
}
