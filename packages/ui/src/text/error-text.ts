/** Finds the sentences for an error, whatever was thrown. */
import { errorToInfo, type ErrorInfo } from '@sluice/contract';
import type { TFunction } from 'i18next';

export interface ErrorText {
  readonly what: string;
  readonly next: string;
}

export function errorText(t: TFunction, error: ErrorInfo): ErrorText {
  return { what: t(`errors.${error.code}.what`), next: t(`errors.${error.code}.next`) };
}

export function thrownText(t: TFunction, error: unknown): ErrorText {
  return errorText(t, errorToInfo(error));
}
