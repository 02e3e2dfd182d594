/** Fetches links as a configuration says: `node from-a-config.js CONFIG URL…`. `SLUICE_BULK_CONCURRENCY=1` wins over it. */
import { loadDefaults, SluiceError, swarm } from '@sluice/sluice';

const [path = '', ...urls] = process.argv.slice(2);

try {
  const { bulk } = await loadDefaults(path);
  for (const { outcome, bytes } of await swarm(urls, bulk)) console.log(`${outcome}: ${bytes} bytes`);
} catch (error) {
  if (!(error instanceof SluiceError) || error.code !== 'request-invalid') throw error;
  console.log(error.message);
  process.exitCode = 2;
}
