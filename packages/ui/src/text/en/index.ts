/** The English catalogue: every sentence the window shows. */
import { adding } from './adding.ts';
import { adopting } from './adopting.ts';
import { downloads } from './downloads.ts';
import { errors, errorVariants } from './errors.ts';
import { queues } from './queues.ts';
import { request } from './request.ts';
import { shell } from './shell.ts';

export const en = {
  ...shell,
  ...downloads,
  ...adding,
  ...adopting,
  ...queues,
  ...request,
  errors,
  errorVariants,
} as const;
