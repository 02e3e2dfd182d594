/** What a browser sees that is not signed in: how to get a link, and where to put it. */
import { ticketIn } from './take-ticket.ts';

export interface SignInPageOptions {
  readonly element: HTMLElement;
  /** A ticket or a key was tried and is not good any more. */
  readonly isRefused: boolean;
  readonly onTicket: (ticket: string) => void;
}

const text = {
  title: 'Sign in to Sluice',
  refused: 'That link has been used or is too old, or this browser was signed out.',
  how: 'Open the link that Sluice prints on the terminal. It works once. For another one, run',
  commands: 'sluice sessions --link  or  sluice-server --link',
  label: 'Or paste the link here',
  button: 'Sign in',
  noTicket: 'There is no ticket in that link. It looks like http://127.0.0.1:7411/#ticket=…',
} as const;

export function showSignInPage({ element, isRefused, onTicket }: SignInPageOptions): void {
  const page = document.createElement('main');
  page.className = 'sign-in-page';
  const problem = make('p', isRefused ? text.refused : '');
  problem.setAttribute('role', 'alert');
  const form = document.createElement('form');
  const label = make('label', text.label);
  const field = document.createElement('input');
  field.autocomplete = 'off';
  field.spellcheck = false;
  label.append(field);
  form.append(label, make('button', text.button));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const ticket = ticketIn(field.value);
    if (ticket === null) problem.textContent = text.noTicket;
    else onTicket(ticket);
  });
  page.append(make('h1', text.title), problem, make('p', text.how), make('code', text.commands), form);
  element.replaceChildren(page);
  field.focus();
}

function make(tag: string, content: string): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = content;
  return element;
}
