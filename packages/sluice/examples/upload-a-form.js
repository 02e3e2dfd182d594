/** Sends a form with a file and keeps the answer: `node upload-a-form.js URL FILE ANSWER`. */
import { download } from '@sluice/sluice';

const [url = '', path = '', answer = ''] = process.argv.slice(2);

const { sizeBytes } = await download(
  { url, query: { convert: 'pdf' }, multipart: { title: 'Notes', file: { path, type: 'text/plain' } } },
  { file: answer },
);
console.log(`${sizeBytes} bytes came back`);
