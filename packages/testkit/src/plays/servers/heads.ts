/** F76, F77: servers that write their heads by hand. */
import { type Play, playPath, versionA } from '../play.ts';
import type { OriginRequest } from '../../origin/request.ts';

const right = 'reads the head, and saves version A whole';

interface HeadParts {
  readonly statusLine: string;
  readonly fields: readonly string[];
}

function headOf({ asked }: OriginRequest, sizeBytes: number): HeadParts {
  const etag = `ETag: "${versionA}-${sizeBytes}"`;
  const end = Math.min(asked?.end ?? sizeBytes, sizeBytes);
  return asked === null
    ? { statusLine: 'HTTP/1.1 200 OK', fields: [etag, 'Accept-Ranges: bytes', `Content-Length: ${sizeBytes}`] }
    : {
        statusLine: 'HTTP/1.1 206 Partial Content',
        fields: [
          etag,
          `Content-Range: bytes ${asked.start}-${end - 1}/${sizeBytes}`,
          `Content-Length: ${end - asked.start}`,
        ],
      };
}

function written(fault: Play['fault'], name: string, write: (deps: HeadParts) => string): Play {
  return {
    fault,
    name,
    right,
    stage: (origin, scale) => {
      origin.serve(playPath, { seed: versionA, ...scale });
      origin.script(playPath, (request) => ({ rawHead: write(headOf(request, scale.sizeBytes)) }));
    },
  };
}

function inLines(lineEnd: string, lines: readonly string[]): string {
  return [...lines, '', ''].join(lineEnd);
}

export const f76: readonly Play[] = [
  written('F76', 'a head has a line without a colon', ({ statusLine, fields: [first = '', ...rest] }) =>
    inLines('\r\n', [statusLine, first, 'PHP Warning in download.php on line 7', ...rest]),
  ),
  written('F76', 'a head has a field without a name', ({ statusLine, fields }) =>
    inLines('\r\n', [statusLine, ...fields, ': nothing']),
  ),
  written('F76', 'a field has a blank before its colon', ({ statusLine, fields }) =>
    inLines('\r\n', [statusLine, ...fields, 'X-Powered-By : hand']),
  ),
];

export const f77: readonly Play[] = [
  written('F77', 'the lines of a head end in LF alone, and the connection stays open', ({ statusLine, fields }) =>
    inLines('\n', [statusLine, ...fields]),
  ),
  written(
    'F77',
    'only the empty line ends in LF alone',
    ({ statusLine, fields }) => `${inLines('\r\n', [statusLine, ...fields]).slice(0, -2)}\n`,
  ),
  written('F77', 'a status line is in lower case, without a reason', ({ statusLine, fields }) =>
    inLines('\n', [statusLine.toLowerCase().split(' ', 2).join(' '), ...fields]),
  ),
];
