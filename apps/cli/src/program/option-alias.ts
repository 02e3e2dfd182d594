/** A further spelling of an option, so that command lines written for other programs work. Help does not list it. */
import { Option } from 'commander';

export class OptionAlias extends Option {
  readonly #word: string;

  /** @param word the attribute that the option it stands for sets */
  constructor(flags: string, description: string, word: string) {
    super(flags, description);
    this.#word = word;
    this.hideHelp();
  }

  override attributeName(): string {
    return this.#word;
  }
}

/** For options that may be repeated. */
export function collect(text: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), text];
}
