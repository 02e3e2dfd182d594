/** Signs each request, judges redirects and retries, and tells what happens: `node follow-the-way.js URL FOLDER`. */
import { createHmac } from 'node:crypto';
import { download } from '@sluice/sluice';

const [url = '', folder = '.'] = process.argv.slice(2);

const { sizeBytes } = await download(url, {
  folder,
  retryWaitMs: 10,
  hooks: {
    beforeRequest: ({ method, url: asked }) => ({
      'x-signature': createHmac('sha256', 'key').update(`${method} ${asked}`).digest('hex'),
    }),
    beforeRedirect: ({ from, to }) => new URL(to).hostname === new URL(from).hostname,
    beforeRetry: ({ attempt }) => attempt < 3,
  },
  onRetry: ({ attempt, error }) => console.log(`try ${attempt} failed: ${error.code}`),
  onRedirect: ({ status, to }) => console.log(`${status} to ${new URL(to).pathname}`),
  onFileName: (name) => console.log(`it is called ${name}`),
});
console.log(`${sizeBytes} bytes`);
