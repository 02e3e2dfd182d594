/** Says once what many calls share, and keeps the cookies of a session: `node one-client.js SIGN-IN-URL URL…`. */
import { createClient } from '@sluice/sluice';

const [signInUrl = '', ...urls] = process.argv.slice(2);

const client = createClient({
  headers: { accept: 'text/plain' },
  login: { username: 'me', password: process.env['EXAMPLE_PASSWORD'] ?? '' },
  session: true,
});
await client.download(signInUrl);
for (const url of urls) console.log((await client.download(url)).text());
