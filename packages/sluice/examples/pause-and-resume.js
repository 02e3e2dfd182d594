/** Starts a download, holds it for a moment and lets it go on: `node pause-and-resume.js URL FILE`. */
import { setTimeout } from 'node:timers/promises';
import { Download } from '@sluice/sluice';

const [url = '', file = ''] = process.argv.slice(2);

const one = new Download(url, file, { onFinished: ({ error }) => console.log(error === null ? 'finished' : 'failed') });
one.start();
one.pause();
console.log(one.isPaused ? 'paused' : 'running');
await setTimeout(100);
one.resume();
const { path, sizeBytes } = await one.wait();
console.log(`${path}: ${sizeBytes} bytes`);
