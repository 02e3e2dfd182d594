/** `dialog`: records what is asked and answers from the queue the test filled. */
import type {
  Dialog,
  MessageBoxOptions,
  MessageBoxReturnValue,
  OpenDialogOptions,
  OpenDialogReturnValue,
} from 'electron';
import type { DialogAnswer, DialogState } from '../control.ts';
import { handleCommand, observe, observedChanged } from './observed.ts';

const asked: DialogState[] = [];
const answers: DialogAnswer[] = [];
const waiting: ((answer: DialogAnswer) => void)[] = [];

/** A dialog stays open until it is answered, as it would for a person. */
function ask(dialog: DialogState): Promise<DialogAnswer> {
  asked.push(dialog);
  observedChanged();
  const answer = answers.shift();
  return answer === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(answer);
}

/** Both dialogs may be given a window first. */
function optionsOf<Options extends object>(first: object, second?: Options): Options {
  return second ?? (first as Options);
}

async function showOpenDialog(first: object, second?: OpenDialogOptions): Promise<OpenDialogReturnValue> {
  const options = optionsOf(first, second);
  const answer = await ask({ kind: 'open', title: options.title ?? '', properties: options.properties ?? [] });
  if (answer.kind !== 'open') throw new Error(`an open dialog was answered with ${answer.kind}`);
  return { canceled: answer.filePaths.length === 0, filePaths: [...answer.filePaths] };
}

async function showMessageBox(first: object, second?: MessageBoxOptions): Promise<MessageBoxReturnValue> {
  const { message, detail = '', buttons = [] } = optionsOf(first, second);
  const answer = await ask({ kind: 'message', message, detail, buttons });
  if (answer.kind !== 'message') throw new Error(`a message box was answered with ${answer.kind}`);
  return { response: answer.button, checkboxChecked: false };
}

/** Blocks in Electron until it is read; here it is read at once. */
function showErrorBox(title: string, content: string): void {
  asked.push({ kind: 'error', title, content });
  observedChanged();
}

export const dialog = { showErrorBox, showMessageBox, showOpenDialog } satisfies Pick<
  Dialog,
  'showErrorBox' | 'showMessageBox' | 'showOpenDialog'
>;

observe('dialogs', () => [...asked]);
handleCommand('dialog.answer', (answer) => {
  const next = waiting.shift();
  if (next === undefined) answers.push(answer);
  else next(answer);
});
