/** Tells the kinds of failure apart: `node handle-errors.js URL`. */
import { download, isNetworkError, SluiceError } from '@sluice/sluice';

const [url = ''] = process.argv.slice(2);

try {
  await download(url, { maxAttempts: 2, retryWaitMs: 100, connectTimeoutMs: 5000 });
  console.log('it came');
} catch (error) {
  if (isNetworkError(error)) console.log('the network: worth another try');
  else if (error instanceof SluiceError && error.response !== null) {
    console.log(`the server said ${error.response.status} (${error.code}), ${error.response.headers['content-type']}`);
  } else if (error instanceof SluiceError) console.log(`${error.code}: ${error.message}`);
  else throw error;
}
