/** Tests that a ticket fetches one file once, and not for long. */
import { expect, test } from 'vitest';
import { Tickets } from '../../src/web/tickets.ts';

test('a ticket works once, for its file', () => {
  const tickets = new Tickets();
  const ticket = tickets.issue('a', 0);
  expect(tickets.issue('a', 0)).not.toBe(ticket);
  expect([tickets.holds(ticket, 'a', 1), tickets.redeem(ticket, 'a', 1), tickets.redeem(ticket, 'a', 1)]).toEqual([
    true,
    true,
    false,
  ]);
});

test('shown for another file it is gone for its own', () => {
  const tickets = new Tickets();
  const ticket = tickets.issue('a', 0);
  expect([tickets.redeem(ticket, 'b', 1), tickets.redeem(ticket, 'a', 1)]).toEqual([false, false]);
});

test('a ticket grows old, and a made-up one never works', () => {
  const tickets = new Tickets();
  const ticket = tickets.issue('a', 0);
  expect([tickets.redeem(ticket, 'a', 60_000), tickets.redeem('made-up', 'a', 0), tickets.redeem('', 'a', 0)]).toEqual([
    false,
    false,
    false,
  ]);
});

test('one that asks without end forgets its oldest tickets', () => {
  const tickets = new Tickets();
  const first = tickets.issue('a', 0);
  for (let count = 0; count < 1000; count += 1) tickets.issue('a', 0);
  expect(tickets.holds(first, 'a', 0)).toBe(false);
  expect(tickets.holds(tickets.issue('a', 0), 'a', 0)).toBe(true);
});
