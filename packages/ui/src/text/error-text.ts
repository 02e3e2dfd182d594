/** Finds the sentences for an error, whatever was thrown. */
import { errorToInfo, type ErrorInfo } from '@sluice/contract';
import { situationOf } from '@sluice/texts';
import type { TFunction } from 'i18next';
import { nextSteps } from './en/errors.ts';

export interface ErrorText {
  /** What happened, as a full sentence. */
  readonly what: string;
  /** What to do about it. */
  readonly next: string;
}

/** Facts that sentences name and an error may lack. */
const noFacts = {
  version: '',
  scheme: '',
  missing: '',
  character: '',
  written: '',
  name: '',
  listedAt: '',
  cooldownOf: '',
};

export function errorText(t: TFunction, error: ErrorInfo): ErrorText {
  const situation = situationOf(error);
  const facts = { ...noFacts, ...error.facts };
  const step = situation in nextSteps ? (situation as keyof typeof nextSteps) : error.code;
  return {
    what: t('errorSentence', { what: t(`whatHappened.${situation}`, facts) }),
    next: t(`nextSteps.${step}`, facts),
  };
}

export function thrownText(t: TFunction, error: unknown): ErrorText {
  return errorText(t, errorToInfo(error));
}
