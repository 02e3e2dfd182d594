/** Takes the one-time ticket out of a link. */

/** @param link an address, or what a person pasted. @returns null when there is no ticket in it */
export function ticketIn(link: string): string | null {
  return /#ticket=([\w-]{1,200})\s*$/.exec(link)?.[1] ?? null;
}

/** Also out of the address bar and this entry of the history, although it is dead once it was used. */
export function takeTicket(): string | null {
  const ticket = ticketIn(location.href);
  if (ticket !== null) history.replaceState(null, '', location.pathname);
  return ticket;
}
