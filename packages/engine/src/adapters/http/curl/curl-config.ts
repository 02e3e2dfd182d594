/** Writes what curl is asked to do as a configuration for its standard input: nothing of it shows among the processes. */
import { SluiceError } from '@sluice/contract';

/** A long option of curl without its dashes; true for those that take no value. */
export type CurlOption = readonly [name: string, value: string | true];

/**
 * Transfers are carried out one after the other, over one connection where that is possible.
 * @throws `request-invalid` (facts: `name`) for a value with a control character: in a login it would be another command
 */
export function writeCurlConfig(transfers: readonly (readonly CurlOption[])[]): Buffer {
  const lines = transfers.flatMap((options, index) => [
    ...(index === 0 ? [] : [Buffer.from('next\n')]),
    ...options.map(([name, value]) => writeLine(name, value)),
  ]);
  return Buffer.concat(lines);
}

function writeLine(name: string, value: string | true): Buffer {
  if (value === true) return Buffer.from(`${name}\n`);
  if (hasControl(value)) {
    throw new SluiceError('request-invalid', `a control character in what curl is told as ${name}`, {
      facts: { name },
    });
  }
  const quoted = value.replaceAll('\\', String.raw`\\`).replaceAll('"', String.raw`\"`);
  // Header values are bytes already, one char each.
  return Buffer.from(`${name} = "${quoted}"\n`, name === 'header' ? 'latin1' : 'utf8');
}

function hasControl(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if ((code < 32 && code !== 9) || code === 127) return true;
  }
  return false;
}
