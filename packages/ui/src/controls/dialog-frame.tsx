/** The frame every dialog shares: title, body, a row of buttons; Escape closes it. */
import type { ReactNode, SubmitEvent } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';

export interface DialogFrameProps {
  readonly title: string;
  readonly onClose: () => void;
  /** Makes the dialog a form: Enter in a field does this. */
  readonly onSubmit?: () => void;
  /** A question about something that may be lost. */
  readonly isAlert?: boolean;
  /** A click outside closes it too: only where nothing typed would be lost. */
  readonly closesOutside?: boolean;
  readonly width?: 'narrow' | 'wide';
  readonly children: ReactNode;
  readonly buttons: ReactNode;
}

export function DialogFrame({
  title,
  onClose,
  onSubmit,
  isAlert = false,
  closesOutside = false,
  width = 'narrow',
  ...slots
}: DialogFrameProps) {
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    onSubmit?.();
  }
  return (
    <ModalOverlay
      className="overlay"
      isOpen
      isDismissable={closesOutside}
      onOpenChange={(isOpen) => isOpen || onClose()}
    >
      <Modal className="modal" data-width={width}>
        <Dialog className="dialog" role={isAlert ? 'alertdialog' : 'dialog'}>
          <form className="dialog-form" onSubmit={submit}>
            <Heading slot="title" className="dialog-title" level={2}>
              {title}
            </Heading>
            <div className="dialog-body">{slots.children}</div>
            <div className="dialog-buttons">{slots.buttons}</div>
          </form>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
