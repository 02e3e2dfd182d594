/** The frame every dialog shares: title, body, a row of buttons; Escape and a click outside close it. */
import type { ReactNode, SubmitEvent } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';

export interface DialogFrameProps {
  readonly title: string;
  readonly onClose: () => void;
  /** Makes the dialog a form: Enter in a field does this. */
  readonly onSubmit?: () => void;
  /** A question that must not be answered by a stray click. */
  readonly isAlert?: boolean;
  readonly width?: 'narrow' | 'wide';
  readonly children: ReactNode;
  readonly buttons: ReactNode;
}

export function DialogFrame({
  title,
  onClose,
  onSubmit,
  isAlert = false,
  width = 'narrow',
  ...slots
}: DialogFrameProps) {
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    onSubmit?.();
  }
  return (
    <ModalOverlay className="overlay" isOpen isDismissable={!isAlert} onOpenChange={(isOpen) => isOpen || onClose()}>
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
