/** What a range means for a file: a part of the resource, or an earlier call to resume. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { partialName, type WantedRange } from '@sluice/engine';
import { optionError } from './option-error.ts';

/** A range in a header cannot be told from an attempt to resume by hand, which would leave the file's tail alone. */
export interface RangeGiven {
  readonly from: 'header' | 'option';
  readonly range: WantedRange;
}

/**
 * @param place `name` null: only the answer will tell
 * @returns whether the whole file is meant, which an earlier call began
 * @throws SluiceError `request-invalid` (facts: `name`) where the file would come to hold a tail that passes for the whole
 */
export async function meansResume(
  { from, range }: RangeGiven,
  place: { readonly folder: string; readonly name: string | null; readonly overwrite: boolean },
): Promise<boolean> {
  const { folder, name, overwrite } = place;
  const isBegun = name !== null && (await sizeOf(join(folder, partialName(name)))) !== null;
  const isOpen = range.last === undefined && range.end === null;
  if (from === 'header') {
    // From byte 0 to the end is the whole, however it came about.
    if (isOpen && (isBegun || range.start === 0)) return true;
    const detail =
      'a Range header for a file, and no earlier call to go on from: leave it out, a file is resumed by itself; the option range saves a part';
    throw optionError('headers.range', detail);
  }
  if (isBegun) {
    const detail = 'an earlier call has begun this file: leave out range to go on, or choose another name for a part';
    throw optionError('range', detail);
  }
  const isTail = overwrite && name !== null && isOpen && range.start > 0;
  if (isTail && (await sizeOf(join(folder, name))) === range.start) {
    const detail =
      'the file is as long as range.start: the rest alone would replace it. Leave out range to fetch it whole';
    throw optionError('range', detail);
  }
  return false;
}

async function sizeOf(path: string): Promise<number | null> {
  const facts = await stat(path).catch(() => null);
  return facts?.size ?? null;
}
