/** The English catalogue: every sentence the window shows. */
import { whatHappened } from '@sluice/texts';
import { adding } from './adding.ts';
import { adopting } from './adopting.ts';
import { downloads } from './downloads.ts';
import { nextSteps } from './errors.ts';
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
  /** `{{what}}` is one of `whatHappened`. */
  errorSentence: '{{what}}.',
  whatHappened,
  nextSteps,
} as const;
