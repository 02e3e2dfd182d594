/** Words that this code once used for a thing that the field has a plain word for. They must not come back. */

export interface RetiredWord {
  /** In file names and identifiers, as a word of a camelCase or kebab-case name; in comments, as a word. */
  readonly word: string;
  readonly say: string;
  /** `names`: the word is plain English elsewhere, so that comments may use it. */
  readonly where: 'everywhere' | 'names';
  /** Paths, or beginnings of them, in which the word means something else, each with what it means there. */
  readonly except?: Readonly<Record<string, string>>;
}

export const retiredWords: readonly RetiredWord[] = [
  { word: 'peace', say: 'cooldown', where: 'everywhere' },
  { word: 'lane', say: 'backend, or group for downloads that take turns', where: 'everywhere' },
  { word: 'lanes', say: 'backends, or groups for downloads that take turns', where: 'everywhere' },
  { word: 'crew', say: 'connections', where: 'everywhere' },
  { word: 'roster', say: 'connections', where: 'everywhere' },
  { word: 'audition', say: 'verify the mirror', where: 'everywhere' },
  {
    word: 'wish',
    say: 'spec, download or options',
    where: 'everywhere',
    except: {
      'packages/sluice/src/bulk/options.ts': 'BundleWish, an exported name from before',
      'packages/sluice/src/index.ts': 'the same',
      'packages/sluice/test/types/': 'the same',
    },
  },
  { word: 'wishes', say: 'specs, downloads or options', where: 'everywhere' },
  { word: 'surroundings', say: 'context', where: 'everywhere' },
  { word: 'voice', say: 'output', where: 'everywhere' },
  { word: 'patience', say: 'retries and timeouts', where: 'everywhere' },
  { word: 'mood', say: 'state', where: 'everywhere' },
  { word: 'presence', say: 'status', where: 'names' },
  { word: 'mistake', say: 'usage error or option error', where: 'names' },
  { word: 'takeover', say: 'claim, resume or adopt', where: 'names' },
  { word: 'held', say: 'throttled, locked, staged or in use', where: 'names' },
];

/** Endings of exported types that stand for parameter objects under other suffixes. */
export const retiredSuffixes: readonly RetiredWord[] = [
  {
    word: 'Wish',
    say: 'Options or Spec',
    where: 'names',
    except: { 'packages/sluice/src/bulk/options.ts': 'an exported name from before' },
  },
  { word: 'Words', say: 'Options', where: 'names' },
  { word: 'Question', say: 'Options', where: 'names' },
  { word: 'Task', say: 'Options', where: 'names' },
];
