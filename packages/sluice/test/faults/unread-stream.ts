/** Opens a stream, and leaves it in the way it is told: the process is to end by itself. */
import { Readable } from 'node:stream';
import { download } from '../../src/index.ts';

const [url = '', backend = 'socket', how = ''] = process.argv.slice(2);

const stream = await download(url, { stream: true, backend: backend as 'socket' });
switch (how) {
  case 'unread':
    break;
  case 'one':
    await stream[Symbol.asyncIterator]().next();
    break;
  case 'return':
    await stream[Symbol.asyncIterator]().return?.();
    break;
  case 'destroyed':
    Readable.from(stream).destroy();
    break;
  default:
    throw new Error(`no way ${how}`);
}
process.stdout.write('left\n');
// Held on to: it is not the collector that ends it.
Reflect.set(globalThis, 'held', stream);
