/** The English sentences that window, terminal and server say alike. */
export * from './error-situation.ts';
export * from './recovery.ts';
export * from './what-happened.ts';
