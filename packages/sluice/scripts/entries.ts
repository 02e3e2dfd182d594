/** The files that programs import. They look at the version of Node first, in a language that every version reads. */

/** @param range of versions in package.json: `>=MAJOR.MINOR` @returns contents by name */
export function entries(range: string): Readonly<Record<string, string>> {
  const version = /^>=(\d+)\.(\d+)$/u.exec(range);
  if (version === null) throw new Error(`engines.node is not >=MAJOR.MINOR: ${range}`);
  const check = checkOf(Number(version[1]), Number(version[2]));
  return {
    'check-node.js': check,
    // Modules run in the order of their imports: where Node is too old, this is as far as it gets.
    'index.js': "import './check-node.js';\nexport * from './main.js';\n",
    'index.cjs': `'use strict';\n${check}module.exports = require('./main.js');\n`,
  };
}

function checkOf(major: number, minor: number): string {
  return `/** Says in one sentence what is missing, where the rest would fail with a riddle. */
var parts = process.versions.node.split('.');
if (Number(parts[0]) < ${major} || (Number(parts[0]) === ${major} && Number(parts[1]) < ${minor})) {
  throw new Error('@sluice/sluice needs Node.js ${major}.${minor} or newer; this is Node.js ' + process.versions.node + '.');
}
`;
}
