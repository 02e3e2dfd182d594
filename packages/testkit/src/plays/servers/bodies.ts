/** F82, F83, F85: bodies that are not what the link names, or packed in a way that was not asked for. */
import { gzipSync } from 'node:zlib';
import type { Answer } from '../../origin/answer.ts';
import { seededBytes } from '../../origin/seeded.ts';
import { type Play, playPath, versionA } from '../play.ts';

function answering(answer: (sizeBytes: number) => Answer): Play['stage'] {
  return (origin, scale) => {
    origin.serve(playPath, { seed: versionA, ...scale });
    const made = answer(scale.sizeBytes);
    origin.script(playPath, made);
  };
}

export const f82: readonly Play[] = [
  {
    fault: 'F82',
    name: 'a web page for a link that names what no page is',
    right: 'says that a page came, and saves none unless told to',
    stage: answering(() => ({
      body: '<!doctype html><title>Choose a mirror</title>',
      headers: { 'Content-Type': 'text/html; charset=utf-8' },
    })),
  },
];

export const f83: readonly Play[] = [
  {
    fault: 'F83',
    name: 'a compressed file, sent as file.tar.gz and compressed once more',
    right: 'saves the file compressed once',
    stage: answering((sizeBytes) => ({
      body: gzipSync(gzipSync(seededBytes(versionA, 0, sizeBytes))),
      headers: { 'Content-Encoding': 'gzip', 'Content-Disposition': 'attachment; filename="file.tar.gz"' },
    })),
  },
  {
    fault: 'F83',
    name: 'a compressed file, sent as file.tar.gz, whose encoding only names what it is',
    right: 'saves the bytes as they are sent',
    stage: answering((sizeBytes) => ({
      body: gzipSync(seededBytes(versionA, 0, sizeBytes)),
      headers: { 'Content-Encoding': 'gzip', 'Content-Disposition': 'attachment; filename="file.tar.gz"' },
    })),
  },
];

/** Not what a play's scale says: it must be more than any client should unpack unasked. */
const bombBytes = 40 * 1024 * 1024;

export const f85: readonly Play[] = [
  {
    fault: 'F85',
    name: 'an encoding that was not asked for, whose forty kilobytes unpack to forty megabytes of zeros',
    right: 'stops with an error that names it',
    stage: answering(() => ({ body: gzipSync(new Uint8Array(bombBytes)), headers: { 'Content-Encoding': 'gzip' } })),
  },
];

/** `Отчет за год.zip` in windows-1251, one char per byte. */
const cyrillicName = Buffer.from('cef2f7e5f220e7e020e3eee42e7a6970', 'hex').toString('latin1');
/** `中文测试文件.zip` in GBK. */
const chineseName = Buffer.from('d6d0cec4b2e2cad4cec4bcfe2e7a6970', 'hex').toString('latin1');

export const f84: readonly Play[] = (
  [
    ['windows-1251', cyrillicName],
    ['GBK', chineseName],
  ] as const
).map(([charset, name]) => ({
  fault: 'F84',
  name: `a file name in raw bytes of ${charset}`,
  right: 'gives the file a readable name',
  stage: (origin, scale) => {
    origin.serve(playPath, { seed: versionA, ...scale, contentDisposition: `attachment; filename="${name}"` });
  },
}));
