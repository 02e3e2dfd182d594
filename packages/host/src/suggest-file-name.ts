/** The name that a link alone suggests for its file. */
import { chooseFileName } from '@sluice/engine';
import { currentPlatform } from './current-platform.ts';

/** @param userName the name that was asked for, which wins; both are made safe for this system */
export function suggestFileName(url: string, userName: string | null = null): string {
  return chooseFileName({ url, userName, platform: currentPlatform() });
}
