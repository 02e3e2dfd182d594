/** Settings as words: every one the contract has can be named, set and explained. */
import { defaultSettings } from '@sluice/contract';
import { describe, expect, test } from 'vitest';
import { readConfigAction } from '../../../src/commands/config/request.ts';
import { acceptedWords, settingNames } from '../../../src/commands/config/settings-text.ts';

function set(name: string, text: string) {
  const action = readConfigAction({ kind: 'set', name, text }, '/work');
  return action.kind === 'ok' ? action.value : action.usageError;
}

test('every setting of the contract has a name and words for what it takes', () => {
  expect(settingNames).toEqual(Object.keys(defaultSettings));
  for (const name of settingNames) expect(acceptedWords(name)).toMatch(/^[a-z].{3,}/i);
});

describe('config set', () => {
  test.each([
    ['maxRunning', '8', { maxRunning: 8 }],
    ['max-running', '8', { maxRunning: 8 }],
    ['MAX_RUNNING', '8', { maxRunning: 8 }],
    ['speedLimitBytesPerSecond', '2M', { speedLimitBytesPerSecond: 2 * 1024 ** 2 }],
    ['speedLimitBytesPerSecond', '0', { speedLimitBytesPerSecond: 0 }],
    ['downloadFolder', 'films', { downloadFolder: '/work/films' }],
    ['downloadFolder', '', { downloadFolder: '' }],
    ['theme', 'dark', { theme: 'dark' }],
    ['notify', 'off', { notify: false }],
    ['notify', 'true', { notify: true }],
  ])('%s %j', (name, text, patch) => {
    expect(set(name, text)).toEqual({ kind: 'set', patch });
  });

  test.each([
    ['maxRunning', '0', 'a whole number from 1 to 64'],
    ['maxRunning', '1.5', 'a whole number from 1 to 64'],
    ['maxRunning', '0x8', 'a whole number from 1 to 64'],
    ['maxRunning', '', 'a whole number from 1 to 64'],
    ['theme', 'blue', 'system, light, dark'],
    ['notify', 'perhaps', 'true or false'],
    ['speedLimitBytesPerSecond', 'slow', 'bytes per second'],
  ])('%s does not take %j', (name, text, accepted) => {
    const usageError = set(name, text);
    expect(usageError).toMatchObject({ kind: 'setting-value', name, text });
    expect('accepted' in usageError ? usageError.accepted : '').toContain(accepted);
  });

  test('a name nobody knows is answered with those there are', () => {
    expect(set('colour', 'red')).toMatchObject({ kind: 'setting-name', text: 'colour', known: settingNames });
  });
});

test('config reset gives every setting the value it has before anybody sets it', () => {
  for (const name of settingNames) {
    const action = readConfigAction({ kind: 'reset', name }, '/work');
    expect(action).toEqual({ kind: 'ok', value: { kind: 'set', patch: { [name]: defaultSettings[name] } } });
  }
});
