/** The house rules for functions: `function` at the top of a module, and few positional parameters. */
import { Visitor, type Function as FunctionNode } from 'oxc-parser';
import { findingAt, type ParsedFile } from '../parsed-file.ts';
import type { Violation } from '../violation.ts';

const maxParameters = 3;

/** Callbacks are not judged: who calls them decides what they are given. */
export function checkFunctions(file: ParsedFile): readonly Violation[] {
  const violations: Violation[] = [];
  const check = (node: FunctionNode): void => {
    const count = node.params.filter((parameter) => !isThis(parameter)).length;
    if (count <= maxParameters) return;
    const message = `${node.id?.name ?? 'this method'} takes ${count} positional parameters: at most ${maxParameters}, then an options object`;
    violations.push(findingAt(file, node.start, { rule: 'parameters', message }));
  };
  new Visitor({
    FunctionDeclaration: check,
    TSDeclareFunction: check,
    MethodDefinition: (node) => check(node.value),
  }).visit(file.program);
  return [...violations, ...checkArrows(file)];
}

const arrowMessage = 'a function at the top of a module is declared with `function`';

function checkArrows(file: ParsedFile): readonly Violation[] {
  return file.program.body.flatMap((statement) => {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (declaration?.type !== 'VariableDeclaration') return [];
    return declaration.declarations
      .filter(({ init, id }) => init?.type === 'ArrowFunctionExpression' && !hasTypeAnnotation(id))
      .map((declarator) => findingAt(file, declarator.start, { rule: 'function', message: arrowMessage }));
  });
}

/** A constant whose written type is a function type implements that type, and only an arrow can say so. */
function hasTypeAnnotation(binding: object): boolean {
  return 'typeAnnotation' in binding && binding.typeAnnotation !== null && binding.typeAnnotation !== undefined;
}

function isThis(parameter: object): boolean {
  return 'name' in parameter && parameter.name === 'this';
}
