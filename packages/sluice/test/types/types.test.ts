import type { RequestOptions as WireOptions } from '@sluice/contract';
import { describe, expectTypeOf, it } from 'vitest';
import type { z } from 'zod';
import {
  type BundleItem,
  type BundleWish,
  type ChunksResult,
  type Config,
  download,
  type DownloadHandle,
  type DownloadManager,
  type DownloadOptions,
  type DownloadResult,
  type ErrorCode,
  type FileResult,
  isNetworkError,
  type MemoryResult,
  type PresentFile,
  type RequestOptions,
  type RunningDownload,
  type StreamResult,
} from '../../src/index.ts';
import type { configSchema } from '../../src/config/schema.ts';

type Loose<Value> = Value extends readonly (infer Item)[]
  ? readonly Item[]
  : Value extends object
    ? { readonly [Key in keyof Value]: Loose<Value[Key]> }
    : Value;

describe('what a download gives follows from where its bytes go', () => {
  it('by the options', () => {
    expectTypeOf(() => download('x')).returns.toEqualTypeOf<RunningDownload<MemoryResult>>();
    expectTypeOf(() => download('x', { maxBytes: 5 })).returns.toEqualTypeOf<RunningDownload<MemoryResult>>();
    expectTypeOf(() => download('x', { file: 'y' })).returns.toEqualTypeOf<RunningDownload<FileResult>>();
    expectTypeOf(() => download('x', { folder: 'y' })).returns.toEqualTypeOf<RunningDownload<FileResult>>();
    expectTypeOf(() => download('x', { stream: true })).returns.toEqualTypeOf<RunningDownload<StreamResult>>();
    expectTypeOf(() => download('x', { onChunk: () => {} })).returns.toEqualTypeOf<RunningDownload<ChunksResult>>();
    expectTypeOf((options: DownloadOptions) => download('x', options)).returns.toEqualTypeOf<
      RunningDownload<DownloadResult>
    >();
  });

  it('and two places at once are no options', () => {
    expectTypeOf<{ file: string; stream: true }>().not.toExtend<DownloadOptions>();
    expectTypeOf<{ file: string; folder: string }>().not.toExtend<DownloadOptions>();
    expectTypeOf<{ file: string; onChunk: () => void }>().not.toExtend<DownloadOptions>();
    expectTypeOf<{ stream: true; onChunk: () => void }>().not.toExtend<DownloadOptions>();
    expectTypeOf<{ folder: string; overwrite: true }>().not.toExtend<DownloadOptions>();
    expectTypeOf<{ maxBytes: number; stream: true }>().not.toExtend<DownloadOptions>();
    expectTypeOf<{ file: string; name: string }>().not.toExtend<DownloadOptions>();
  });
});

it('a manager gives a handle or a present file, told apart by `kind`', () => {
  expectTypeOf<DownloadManager['download']>().returns.toEqualTypeOf<DownloadHandle | PresentFile>();
  expectTypeOf<DownloadHandle['kind']>().toEqualTypeOf<'download'>();
  expectTypeOf<PresentFile['kind']>().toEqualTypeOf<'present'>();
  expectTypeOf<NonNullable<DownloadHandle['error']>['code']>().toEqualTypeOf<ErrorCode>();
});

it('isNetworkError takes whatever was thrown', () => {
  expectTypeOf(isNetworkError).parameter(0).toBeUnknown();
});

it('a name from before is the same type', () => {
  expectTypeOf<BundleWish>().toEqualTypeOf<BundleItem>();
});

describe('shapes that are written out for readers are those that are checked', () => {
  it('request options, but for the time-outs, which are options of a download', () => {
    expectTypeOf<Loose<Omit<WireOptions, 'timeouts'>>>().toExtend<RequestOptions>();
    expectTypeOf<RequestOptions>().toExtend<Loose<WireOptions>>();
    expectTypeOf<keyof RequestOptions>().toEqualTypeOf<Exclude<keyof WireOptions, 'timeouts'>>();
  });

  it('configurations', () => {
    expectTypeOf<Loose<z.infer<typeof configSchema>>>().toExtend<Config>();
    expectTypeOf<Config>().toExtend<Loose<z.infer<typeof configSchema>>>();
  });
});
