/** Asks a link by curl and waits for its body, in a process of its own that a test can kill. */
import { createHttpPort } from '../../../../src/adapters/http/index.ts';
import { collectingSink } from '../sinks.ts';

const [url = ''] = process.argv.slice(2);
const http = createHttpPort({ backend: 'curl' });
const never = new AbortController().signal;
const request = { url, method: 'GET', headers: [], headTimeoutMs: 60_000, idleTimeoutMs: 60_000 } as const;
const { body } = await http.exchange(request, never);
await body.pipeTo(collectingSink(), never);
