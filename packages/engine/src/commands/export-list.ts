/** Turns a record back into what its download was asked for. */
import type { Result } from '@sluice/contract';
import type { DownloadRecord } from '../download/record.ts';
import { splitSecrets } from '../download/secrets.ts';

type Exported = Result<'exportList'>['downloads'][number];

export function exportDownload(record: DownloadRecord, withSecrets: boolean): Exported {
  const { url, fileName, wantedName, checksum, headers, request } = withSecrets ? record : splitSecrets(record).open;
  const name = fileName ?? wantedName;
  return {
    download: {
      url,
      ...(name === null ? {} : { name }),
      ...(checksum === null ? {} : { checksum }),
      ...(Object.keys(headers).length === 0 ? {} : { headers }),
      ...(Object.keys(request).length === 0 ? {} : { request }),
    },
    sizeBytes: record.sizeBytes,
  };
}
