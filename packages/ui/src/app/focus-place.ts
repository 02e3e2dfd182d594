/** Tells where the keyboard is, so that shortcuts keep out of text fields and open layers. */

export function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range'].includes(target.type);
}

const layers = '[role=dialog], [role=alertdialog], [role=menu], [role=listbox]';

export function isInLayer(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(layers) !== null;
}

/** Space and Enter belong to a focused button, link or switch. */
export function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button, a, input, select, [role=button]') !== null;
}
