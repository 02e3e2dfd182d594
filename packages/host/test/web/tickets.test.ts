/** Tests that a ticket lets in once, and not for long. */
import { expect, test } from 'vitest';
import { Tickets } from '../../src/web/tickets.ts';

test('a ticket works once', () => {
  const tickets = new Tickets();
  const ticket = tickets.issue(0);
  expect(tickets.issue(0)).not.toBe(ticket);
  expect([tickets.redeem(ticket, 1), tickets.redeem(ticket, 1)]).toEqual([true, false]);
});

test('a ticket grows old, and a made-up one never works', () => {
  const tickets = new Tickets();
  const ticket = tickets.issue(0);
  expect([tickets.redeem(ticket, 5 * 60_000), tickets.redeem('made-up', 0), tickets.redeem('', 0)]).toEqual([
    false,
    false,
    false,
  ]);
});
