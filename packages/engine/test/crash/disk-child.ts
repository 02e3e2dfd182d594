/** Fetches one link to a real disk as a list, as `get` or as the library does, in a process that a test may kill. */
import { createNodeFiles } from '../../src/adapters/files/node-files.ts';
import { fetchBy, type Form } from './crash-life.ts';
import { openRecordsOf } from './disk-life.ts';

const [form = '', folder = '', dataFolder = '', url = ''] = process.argv.slice(2);
const records = openRecordsOf(form as Form, dataFolder);
await fetchBy(form as Form, createNodeFiles(), { url, folder, records });
