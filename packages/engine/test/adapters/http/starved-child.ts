/** Asks a link while this process has no descriptor left, and once more when it has; prints what came of each. */
import { closeSync, openSync } from 'node:fs';
import { createHttpPort } from '../../../src/adapters/http/index.ts';
import { SluiceError } from '../../../src/errors.ts';

const [url = '', ...before] = process.argv.slice(2);
const http = createHttpPort();

async function ask(): Promise<string> {
  const request = { url, method: 'GET', headers: [], headTimeoutMs: 10_000, idleTimeoutMs: 10_000 } as const;
  try {
    const { status, body } = await http.exchange(request, new AbortController().signal);
    body.discard();
    return String(status);
  } catch (error) {
    return error instanceof SluiceError ? error.code : String(error);
  }
}

function takeAllDescriptors(): number[] {
  const taken: number[] = [];
  for (;;) {
    try {
      taken.push(openSync('/dev/null', 'r'));
    } catch {
      return taken;
    }
  }
}

const answers: string[] = [];
if (before.includes('asked-before')) answers.push(await ask());
const taken = takeAllDescriptors();
answers.push(await ask());
for (const descriptor of taken) closeSync(descriptor);
answers.push(await ask());
process.stdout.write(answers.join(' '));
