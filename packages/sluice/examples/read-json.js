/** Posts a question as JSON and reads the answer as JSON: `node read-json.js URL`. */
import { download } from '@sluice/sluice';

const [url = ''] = process.argv.slice(2);

const answer = await download({ url, json: { question: 'how many?' }, headers: { accept: 'application/json' } });
console.log(answer.json());
