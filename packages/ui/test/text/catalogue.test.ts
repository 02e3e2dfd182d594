/** The catalogue: every error has its sentences, and every sentence is finished. */
import { errorCodes, SluiceError } from '@sluice/contract';
import { describe, expect, it } from 'vitest';
import { en } from '../../src/text/en/index.ts';
import { errorText, thrownText } from '../../src/text/error-text.ts';
import { createTexts } from '../../src/text/i18n.ts';

const { t } = createTexts();

describe('error sentences', () => {
  it.each(errorCodes)('%s says what happened and what to do, in whole sentences', (code) => {
    const { what, next } = errorText(t, { code });
    expect(what).toMatch(/^[A-Z“].*\.$/u);
    expect(next).toMatch(/^[A-Z“].*\.$/u);
  });

  it.each(errorCodes)('%s speaks without the words of programs', (code) => {
    const { what, next } = errorText(t, { code });
    expect(`${what} ${next}`).not.toMatch(/\b(?:HTTP|TLS|DNS|null|undefined|exception|4\d\d|5\d\d|byte range)\b/u);
  });

  it.each(errorCodes)('%s promises nothing that a download which was given up does not do', (code) => {
    const { what, next } = errorText(t, { code });
    expect(`${what} ${next}`).not.toMatch(/Sluice (?:keeps trying|tries|waits|continues|asks|picks)/u);
  });

  it.each([
    [{ code: 'http-forbidden', facts: { status: 451 } }, 'legal reasons'],
    [{ code: 'http-forbidden', facts: { status: 403 } }, 'refuses'],
    [{ code: 'redirect-unsafe', facts: { scheme: 'http', host: 'h' } }, 'to an insecure one'],
    [{ code: 'redirect-unsafe', facts: { scheme: 'file' } }, 'does not follow'],
    [{ code: 'request-invalid', facts: { name: 'certificate' } }, 'certificate of the request cannot be used'],
    [{ code: 'page-instead-of-file', facts: { status: 200, comes: 'later' } }, 'the rest of the file'],
  ] as const)('says what the facts show: %j', (error, words) => {
    expect(errorText(t, error).what).toContain(words);
  });

  it('F72 offers to save a page only where it is the first thing that came', () => {
    const nextOf = (facts: Record<string, string>) => errorText(t, { code: 'page-instead-of-file', facts }).next;
    expect(nextOf({})).toContain(t('action.savePage'));
    expect(nextOf({ comes: 'later' })).not.toContain(t('action.savePage'));
  });

  it('names a field by the words that stand in the window', () => {
    const { next } = errorText(t, { code: 'url-invalid', facts: { problem: 'login', character: '#', written: '%23' } });
    expect(next).toContain(`“${t('request.title')}”`);
  });

  it('has no sentence for a code that does not exist', () => {
    const situations = Object.keys(en.nextSteps).filter((key) => !errorCodes.some((code) => code === key));
    expect(Object.keys(en.nextSteps)).toHaveLength(errorCodes.length + situations.length);
    for (const situation of situations) expect(en.whatHappened).toHaveProperty(situation);
  });

  it.each([
    [{ missing: 'curl', scheme: 'ftp' }, 'curl, which fetches ftp links'],
    [{ missing: 'curl 7.75', scheme: 'ftp', version: '7.68.0' }, 'curl is 7.68.0'],
    [{ missing: 'sftp', scheme: 'sftp', version: '8.1.0' }, '(8.1.0) was built without sftp'],
  ])('names what is missing: %j', (facts, words) => {
    const { what, next } = errorText(t, { code: 'unsupported', facts });
    expect(what).toContain(words);
    expect(next).toMatch(/^(?:Install|Update) .*\.$/u);
    expect(errorText(t, { code: 'unsupported' }).what).not.toContain('curl');
  });

  it('tells a login that was refused from one that is wanted', () => {
    const { what } = errorText(t, { code: 'http-unauthorized', facts: { status: 401, login: 'refused' } });
    expect(what).toContain('does not accept');
    expect(errorText(t, { code: 'http-unauthorized', facts: { status: 401 } }).what).toContain('asks for');
  });

  it('finds sentences for whatever was thrown', () => {
    expect(thrownText(t, new SluiceError('disk-full')).what).toBe(`${en.whatHappened['disk-full']}.`);
    expect(thrownText(t, new Error('x')).what).toBe(`${en.whatHappened.internal}.`);
  });
});

describe('plurals', () => {
  function keysOf(node: object, path = ''): string[] {
    return Object.entries(node).flatMap(([key, value]) =>
      typeof value === 'string' ? [`${path}${key}`] : keysOf(value as object, `${path}${key}.`),
    );
  }

  it('have both forms, and both are spoken', () => {
    const keys = keysOf(en);
    const plural = keys.filter((key) => key.endsWith('_one'));
    expect(plural.length).toBeGreaterThan(10);
    for (const key of plural) expect(keys).toContain(key.replace(/_one$/u, '_other'));
    expect(t('add.count', { count: 1 })).toBe('1 link');
    expect(t('add.count', { count: 3 })).toBe('3 links');
  });

  it('leave no gap unfilled', () => {
    expect(t('row.received', { received: '1 MB', size: '2 MB' })).toBe('1 MB of 2 MB');
    expect(t('remove.title', { count: 1, name: '<b>&' })).toBe('Remove <b>&?');
  });
});
