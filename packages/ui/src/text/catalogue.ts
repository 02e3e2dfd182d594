/** The shape of a catalogue: every text of the English one, with the plural forms that its own language has. */
import type { en } from './en/index.ts';

type PluralForm = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';
type Stem<Key> = Key extends `${infer Name}_${PluralForm}` ? Name : never;
type PluralKey<Key> = Key extends `${string}_${PluralForm}` ? Key : never;

/** English counts with `_one` and `_other`. Each language has `_other`, and beside it the forms that it needs. */
export type Catalogue<Texts = typeof en> = {
  readonly [Key in Exclude<keyof Texts, PluralKey<keyof Texts>>]: Texts[Key] extends string
    ? string
    : Catalogue<Texts[Key]>;
} & {
  readonly [Name in Stem<keyof Texts> as `${Name}_other`]: string;
} & {
  readonly [Name in Stem<keyof Texts> as `${Name}_${Exclude<PluralForm, 'other'>}`]?: string;
};
