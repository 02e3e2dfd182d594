/** The Channel's own promises: order, nothing before `start`, one `onClose`, silence after `close`. */
import { expectEqual, record, settle, type ChannelCase } from './conformance-kit.ts';

const awkwardMessages: readonly unknown[] = [
  { kind: 'text', value: 'naïve – 下載 \u{1F4E6} \u0000 \u2028 "quoted" \\ </script>' },
  { kind: 'numbers', value: [0, -1, 1.5, Number.MAX_SAFE_INTEGER, 1e300] },
  { kind: 'empty', value: [null, '', {}, [], false] },
  { kind: 'nested', value: { a: [{ b: { c: [1, [2, [3]]] } }] } },
];

export const channelCases: readonly ChannelCase[] = [
  {
    name: 'carries messages both ways, unchanged',
    async run(makePair) {
      const [left, right] = await makePair();
      const [atLeft, atRight] = [record(left), record(right)];
      for (const message of awkwardMessages) {
        left.send(message);
        right.send(message);
      }
      await Promise.all([atLeft.received(awkwardMessages.length), atRight.received(awkwardMessages.length)]);
      expectEqual(atRight.messages, awkwardMessages, 'from left to right');
      expectEqual(atLeft.messages, awkwardMessages, 'from right to left');
      left.close();
      await atRight.closed();
    },
  },
  {
    name: 'keeps the order of many messages',
    async run(makePair) {
      const [left, right] = await makePair();
      const atRight = record(right);
      record(left);
      const sent = Array.from({ length: 2_000 }, (_, index) => ({ index }));
      for (const message of sent) left.send(message);
      await atRight.received(sent.length);
      expectEqual(atRight.messages, sent, 'order');
      left.close();
      await atRight.closed();
    },
  },
  {
    name: 'carries a message of several megabytes',
    async run(makePair) {
      const [left, right] = await makePair();
      const atRight = record(right);
      record(left);
      const text = 'sluice '.repeat(700_000);
      left.send({ text });
      await atRight.received(1);
      expectEqual(atRight.messages, [{ text }], 'large message');
      left.close();
      await atRight.closed();
    },
  },
  {
    name: 'holds what arrives before start, and delivers it first',
    async run(makePair) {
      const [left, right] = await makePair();
      record(left);
      left.send({ index: 0 });
      left.send({ index: 1 });
      await settle();
      const atRight = record(right);
      left.send({ index: 2 });
      await atRight.received(3);
      expectEqual(atRight.messages, [{ index: 0 }, { index: 1 }, { index: 2 }], 'order across start');
      left.close();
      await atRight.closed();
    },
  },
  {
    name: 'copies: changing a message after sending it changes nothing',
    async run(makePair) {
      const [left, right] = await makePair();
      const atRight = record(right);
      record(left);
      const message = { list: [1] };
      left.send(message);
      message.list.push(2);
      await atRight.received(1);
      expectEqual(atRight.messages, [{ list: [1] }], 'the message as it was sent');
      left.close();
      await atRight.closed();
    },
  },
  {
    name: 'tells the other end of a close once, after everything sent before',
    async run(makePair) {
      const [left, right] = await makePair();
      const [atLeft, atRight] = [record(left), record(right)];
      left.send({ last: true });
      left.close();
      left.close();
      await atRight.closed();
      expectEqual(atRight.messages, [{ last: true }], 'messages before the close');
      await settle();
      expectEqual(atRight.closes(), 1, 'onClose at the other end');
      expectEqual(atLeft.closes(), 0, 'onClose at the end that closed');
    },
  },
  {
    name: 'tells an end that starts late of a close that came before',
    async run(makePair) {
      const [left, right] = await makePair();
      record(left);
      left.send({ last: true });
      left.close();
      await settle();
      const atRight = record(right);
      await atRight.closed();
      expectEqual(atRight.messages, [{ last: true }], 'messages before the close');
    },
  },
  {
    name: 'delivers nothing after close, not even what was under way',
    async run(makePair) {
      const [left, right] = await makePair();
      const [atLeft, atRight] = [record(left), record(right)];
      right.send({ index: 0 });
      left.close();
      right.send({ index: 1 });
      await atRight.closed();
      await settle();
      expectEqual(atLeft.messages, [], 'messages after close');
    },
  },
  {
    name: 'a handler may close: the rest is not delivered',
    async run(makePair) {
      const [left, right] = await makePair();
      const atLeft = record(left);
      const atRight = record(right, () => right.close());
      for (let index = 0; index < 3; index += 1) left.send({ index });
      await atLeft.closed();
      expectEqual(atRight.messages, [{ index: 0 }], 'messages up to the close');
      expectEqual(atRight.closes(), 0, 'onClose at the end that closed');
    },
  },
  {
    name: 'send after close is a no-op at either end',
    async run(makePair) {
      const [left, right] = await makePair();
      const [atLeft, atRight] = [record(left), record(right)];
      left.close();
      left.send({ index: 0 });
      await atRight.closed();
      right.send({ index: 1 });
      right.close();
      await settle();
      expectEqual([...atLeft.messages, ...atRight.messages], [], 'messages after close');
      expectEqual(atLeft.closes(), 0, 'onClose at the end that closed first');
    },
  },
];
