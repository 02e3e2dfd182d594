/** The Spanish catalogue. */
import type { Catalogue } from '../catalogue.ts';
import { adding } from './adding.ts';
import { adopting } from './adopting.ts';
import { downloads } from './downloads.ts';
import { errors } from './errors.ts';
import { queues } from './queues.ts';
import { request } from './request.ts';
import { shell } from './shell.ts';

export const es: Catalogue = {
  ...shell,
  ...downloads,
  ...adding,
  ...adopting,
  ...queues,
  ...request,
  ...errors,
};
