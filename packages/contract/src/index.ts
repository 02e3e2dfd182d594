export * from './channel.ts';
export * from './download.ts';
export * from './engine-api.ts';
export * from './errors.ts';
export * from './events.ts';
export * from './methods.ts';
export * from './settings.ts';
export * from './sluice-error.ts';
