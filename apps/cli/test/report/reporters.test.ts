/** What each reporter writes, and where. */
import { downloadViewSchema, type DownloadView } from '@sluice/contract';
import { describe, expect, test } from 'vitest';
import { JsonReporter } from '../../src/report/json-reporter.ts';
import { endLines, rejectedLine } from '../../src/report/lines.ts';
import { PlainReporter } from '../../src/report/plain-reporter.ts';
import type { Reporter } from '../../src/report/reporter.ts';
import { view } from './views.ts';

function streams() {
  const written = { out: '', error: '' };
  return {
    written,
    out: (text: string) => {
      written.out += text;
    },
    error: (text: string) => {
      written.error += text;
    },
  };
}

function plain(quiet = false) {
  const sink = streams();
  let nowMs = 0;
  const reporter: Reporter = new PlainReporter(sink, { workingFolder: '/work', quiet, nowMs: () => nowMs });
  return {
    reporter,
    written: sink.written,
    tell: (download: DownloadView) => reporter.changed([download], [download]),
    pass: (durationMs: number) => {
      nowMs += durationMs;
    },
  };
}

const finished = view({ state: { kind: 'finished', finishedAtMs: 1 }, receivedBytes: 1000 });

describe('plain lines', () => {
  test('say how far a download is, every five seconds at most', () => {
    const { tell, pass, written } = plain();
    tell(view({ receivedBytes: 0 }));
    tell(view({ receivedBytes: 100 }));
    pass(4_999);
    tell(view({ receivedBytes: 200 }));
    pass(1);
    tell(view({ receivedBytes: 300 }));
    expect(written.out).toBe(
      'file.iso: 10% of 1000 B, at 100 B/s, 0:05 left\nfile.iso: 30% of 1000 B, at 100 B/s, 0:05 left\n',
    );
  });

  test('say why a download waits, once', () => {
    const { tell, written } = plain();
    const waiting = view({ state: { kind: 'waiting', error: { code: 'stalled' }, retryAtMs: 4_000, attempt: 1 } });
    tell(waiting);
    tell(waiting);
    expect(written.out).toBe('file.iso: The server stopped sending; attempt 2 in 0:04\n');
  });

  test('say what was saved, with what it took, counting only bytes of this run', () => {
    const { reporter, tell, pass, written } = plain();
    tell(view({ receivedBytes: 400 }));
    pass(2_000);
    reporter.settled(finished, { kind: 'finished' });
    expect(written.out).toMatch(/saved file\.iso {2}1000 B in 0:02 \(300 B\/s\)\n$/);
  });

  test('failures go to standard error, with the code and the next step', () => {
    const { reporter, written } = plain();
    reporter.settled(view(), { kind: 'failed', error: { code: 'http-not-found', facts: { status: 404 } } });
    expect(written).toEqual({
      out: '',
      error: 'sluice: file.iso: The file is not at this address (404) [http-not-found]. Check the link.\n',
    });
  });

  test('quiet says only what went wrong', () => {
    const { reporter, tell, written } = plain(true);
    tell(view());
    reporter.settled(finished, { kind: 'finished' });
    reporter.ended({ exitCode: 0, downloads: [finished], interrupted: false });
    expect(written).toEqual({ out: '', error: '' });
    reporter.settled(view({ id: 'b' }), { kind: 'failed', error: { code: 'disk-full' } });
    expect(written.error).toContain('[disk-full]');
  });
});

describe('JSON lines', () => {
  test('are downloads in the shape of the contract, then one end', () => {
    const sink = streams();
    const reporter = new JsonReporter(sink);
    reporter.changed([view(), view({ id: 'b', sizeBytes: null })]);
    reporter.settled();
    reporter.rejected({ url: 'htp://x', error: { code: 'url-unsupported' } });
    reporter.ended({ exitCode: 2, downloads: [], interrupted: false });
    const lines = sink.written.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { kind: string; download?: unknown });
    expect(lines.map(({ kind }) => kind)).toEqual(['download', 'download', 'rejected', 'end']);
    expect(downloadViewSchema.parse(lines[0]?.download)).toEqual(view());
    expect(lines[3]).toEqual({ kind: 'end', exitCode: 2 });
    expect(sink.written.error).toBe('');
  });
});

describe('the last lines', () => {
  test('a stop says what is kept and how to go on', () => {
    const lines = endLines({
      exitCode: 130,
      interrupted: true,
      downloads: [
        view({ receivedBytes: 2048 }),
        finished,
        view({ id: 'c', name: 'once.bin', resumable: false, receivedBytes: 0 }),
      ],
    });
    expect(lines).toEqual([
      'sluice: Stopped. 2.0 KiB of 2 unfinished downloads are kept; run the same command again to resume.',
      'sluice: Add --skip-present to leave out the files that are whole.',
      'sluice: once.bin: this server cannot resume, so it will start over.',
    ]);
  });

  test('an orderly end says nothing', () => {
    expect(endLines({ exitCode: 0, interrupted: false, downloads: [finished] })).toEqual([]);
  });

  test.each([
    ['htp://example.com/a', { suggestion: 'http', scheme: 'htp' }, 'http://example.com/a'],
    ['htps:/example.com/a', { suggestion: 'https', scheme: 'htps' }, 'https://example.com/a'],
    ['example.com/a', { suggestion: 'https' }, 'https://example.com/a'],
    ['//example.com/a', { suggestion: 'https' }, 'https://example.com/a'],
    ['localhost:8080/a', { suggestion: 'http' }, 'http://localhost:8080/a'],
  ])('%s is answered with the link that was meant', (url, facts, meant) => {
    expect(rejectedLine({ url, error: { code: 'url-unsupported', facts } })).toContain(`Did you mean ${meant}?`);
  });

  test('nothing is guessed where the engine guesses nothing', () => {
    expect(
      rejectedLine({ url: 'nfs://example.com/a', error: { code: 'url-unsupported', facts: { scheme: 'nfs' } } }),
    ).toBe(
      'sluice: nfs://example.com/a: Sluice cannot fetch this kind of link [url-unsupported]. Use a link to a file that begins with http, https, ftp, ftps, sftp or scp.',
    );
  });
});
