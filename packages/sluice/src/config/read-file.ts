/** Reads a configuration file in any of the ways to write one: JSON, YAML or TOML, told by the ending of its name. */
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { SluiceError } from '@sluice/contract';

/** @throws SluiceError `file-missing`, `request-invalid` (facts: `path`) */
export async function readConfigFile(path: string): Promise<unknown> {
  const parse = await parserFor(path);
  const text = await readText(path);
  try {
    return parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SluiceError('request-invalid', `cannot read the configuration ${path}: ${reason}`, {
      facts: { path },
      cause: error,
    });
  }
}

type Parse = (text: string) => unknown;

/** Parsers are loaded when a file of their kind is. */
async function parserFor(path: string): Promise<Parse> {
  switch (extname(path).toLowerCase()) {
    case '.json':
      return (text) => JSON.parse(text) as unknown;
    case '.yaml':
    case '.yml': {
      const { parse } = await import('yaml');
      return (text) => parse(text) as unknown;
    }
    case '.toml': {
      const { parse } = await import('smol-toml');
      return parse;
    }
    default: {
      const detail = `the name of a configuration ends in .json, .yaml, .yml or .toml, and ${path} does not`;
      throw new SluiceError('request-invalid', detail, { facts: { path } });
    }
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new SluiceError('file-missing', `there is no configuration ${path} that can be read`, {
      facts: { path },
      cause: error,
    });
  }
}
