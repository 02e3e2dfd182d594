/** What a host and a UI may say to each other, and the rpc that says it over any Channel. */
export type * from './channel.ts';
export * from './download.ts';
export type * from './engine-api.ts';
export * from './error-traits.ts';
export * from './checksum.ts';
export * from './errors.ts';
export * from './events.ts';
export * from './followed-list.ts';
export * from './methods.ts';
export * from './queue.ts';
export * from './queue-id.ts';
export * from './retries.ts';
export * from './request.ts';
export * from './rpc/index.ts';
export * from './settings.ts';
export * from './sluice-error.ts';
export * from './stop-deadlines.ts';
export * from './web-sign-in.ts';
