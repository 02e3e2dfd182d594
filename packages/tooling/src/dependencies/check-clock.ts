/** Keeps time and chance out of the engine's rules: it has a clock port, so that tests own the clock. */
import { Visitor, type Node } from 'oxc-parser';
import { findingAt, type ParsedFile } from '../parsed-file.ts';
import type { Violation } from '../violation.ts';

const engine = 'packages/engine/src/';
const pureFolders = [`${engine}download/`, `${engine}plan/`];
const adapters = `${engine}adapters/`;

const clockCalls = new Set(['Date', 'Date.now', 'performance.now', 'setTimeout', 'setInterval']);
/** Yielding to the event loop takes no measured time; a pure rule has no reason to yield. */
const impureCalls = new Set(['Math.random', 'setImmediate', 'queueMicrotask']);

export function checkClock(file: ParsedFile): readonly Violation[] {
  if (!file.path.startsWith(engine) || file.path.startsWith(adapters)) return [];
  const isPure = pureFolders.some((folder) => file.path.startsWith(folder));
  const violations: Violation[] = [];
  const timed = (node: Node, name: string): void => {
    const message = `${name} reads or waits for the system’s time: take the clock port, or the time as a parameter`;
    violations.push(findingAt(file, node.start, { rule: 'clock', message }));
  };
  const impure = (node: Node, what: string): void => {
    const message = `${what} has no place in a rule: download/ and plan/ only compute from what they are given`;
    violations.push(findingAt(file, node.start, { rule: 'pure', message }));
  };
  const asynchronous = (node: Node & { readonly async: boolean }): void => {
    if (isPure && node.async) impure(node, 'an async function');
  };
  new Visitor({
    CallExpression(node) {
      const name = calledName(node.callee);
      if (clockCalls.has(name)) timed(node, name);
      if (isPure && impureCalls.has(name)) impure(node, name);
    },
    NewExpression(node) {
      if (calledName(node.callee) === 'Date' && node.arguments.length === 0) timed(node, 'new Date()');
      if (isPure && calledName(node.callee) === 'Promise') impure(node, 'a promise');
    },
    ImportDeclaration(node) {
      if (!/^(?:node:)?timers(?:\/promises)?$/u.test(node.source.value)) return;
      for (const specifier of node.specifiers) {
        const name = specifier.type === 'ImportSpecifier' ? importedName(specifier.imported) : node.source.value;
        if (name !== 'setImmediate') timed(specifier, name);
      }
    },
    FunctionDeclaration: asynchronous,
    FunctionExpression: asynchronous,
    ArrowFunctionExpression: asynchronous,
    AwaitExpression(node) {
      if (isPure) impure(node, 'await');
    },
  }).visit(file.program);
  return violations;
}

/** `Date.now` for the callee of `Date.now()`; empty for anything but a name or one member of a name. */
function calledName(callee: Node): string {
  if (callee.type === 'Identifier') return callee.name;
  if (callee.type !== 'MemberExpression' || callee.computed) return '';
  if (callee.object.type !== 'Identifier' || callee.property.type !== 'Identifier') return '';
  return `${callee.object.name}.${callee.property.name}`;
}

function importedName(node: Node): string {
  if (node.type === 'Identifier') return node.name;
  return node.type === 'Literal' ? String(node.value) : '';
}
