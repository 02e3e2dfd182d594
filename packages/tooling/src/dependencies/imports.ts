/** Lists what a file imports, in every form that reaches another module, types included. */
import { Visitor, type Expression, type Argument } from 'oxc-parser';
import type { ParsedFile } from '../parsed-file.ts';

export interface Import {
  /** As written: `./x.ts`, `node:fs`, `@sluice/contract`, `zod/v4`. */
  readonly specifier: string;
  readonly line: number;
  /** True when nothing of it is left at run time. */
  readonly typeOnly: boolean;
}

/**
 * Every import with a literal specifier: `import`, `export … from`, `import()`, `import('x').T`, `import x = require()`,
 * `require()`, `require.resolve()`, `import.meta.resolve()`, `vi.mock()` and its kin, and `new URL('./x.ts', import.meta.url)`.
 */
export function importsOf(file: ParsedFile): readonly Import[] {
  const found: Import[] = [];
  const add = (specifier: string, offset: number, typeOnly = false): void => {
    found.push({ specifier, line: file.lineAt(offset), typeOnly });
  };
  const addLiteral = (node: Expression | Argument | undefined): void => {
    const text = literalText(node);
    if (node !== undefined && text !== null) add(text, node.start);
  };
  new Visitor({
    ImportDeclaration(node) {
      const named = node.specifiers.filter((specifier) => specifier.type === 'ImportSpecifier');
      const allTypes =
        named.length > 0 &&
        named.length === node.specifiers.length &&
        named.every((specifier) => specifier.importKind === 'type');
      add(node.source.value, node.start, node.importKind === 'type' || allTypes);
    },
    ExportNamedDeclaration(node) {
      if (node.source === null) return;
      const allTypes =
        node.specifiers.length > 0 && node.specifiers.every((specifier) => specifier.exportKind === 'type');
      add(node.source.value, node.start, node.exportKind === 'type' || allTypes);
    },
    ExportAllDeclaration(node) {
      add(node.source.value, node.start, node.exportKind === 'type');
    },
    ImportExpression(node) {
      addLiteral(node.source);
    },
    TSImportType(node) {
      add(node.source.value, node.start, true);
    },
    TSExternalModuleReference(node) {
      add(node.expression.value, node.start);
    },
    CallExpression(node) {
      if (importingCalls.has(dottedName(node.callee))) addLiteral(node.arguments[0]);
    },
    NewExpression(node) {
      const target = literalText(node.arguments[0]);
      const fromHere = node.arguments[1] !== undefined && dottedName(node.arguments[1]) === 'import.meta.url';
      if (dottedName(node.callee) === 'URL' && fromHere && target !== null && codeFile.test(target)) {
        add(target.startsWith('.') ? target : `./${target}`, node.start);
      }
    },
  }).visit(file.program);
  return found;
}

const codeFile = /\.(?:ts|tsx|mts|mjs|js)$/u;

const importingCalls = new Set([
  'require',
  'require.resolve',
  'import.meta.resolve',
  'vi.mock',
  'vi.doMock',
  'vi.importActual',
  'vi.importMock',
]);

function literalText(node: Expression | Argument | undefined): string | null {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node?.type === 'TemplateLiteral' && node.expressions.length === 0) return node.quasis[0]?.value.cooked ?? null;
  return null;
}

/** `vi.mock` for the callee of `vi.mock(…)`; an empty string for anything that is not a chain of plain names. */
function dottedName(node: Expression | Argument): string {
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'MetaProperty') return `${node.meta.name}.${node.property.name}`;
  if (node.type !== 'MemberExpression' || node.computed || node.property.type !== 'Identifier') return '';
  if (node.object.type === 'Super') return '';
  const object = dottedName(node.object);
  return object === '' ? '' : `${object}.${node.property.name}`;
}
