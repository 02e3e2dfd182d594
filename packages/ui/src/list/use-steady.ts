/** Keeps what a button means for a moment after it changed, so that a press has the meaning that was shown. */
import { useEffect, useState } from 'react';

/**
 * About as long as it takes to see a change and to stop a finger that is on its way, and longer than most people
 * need for the second half of a double click.
 */
const noticeMs = 350;

/**
 * The state may change under a press at any time, so an old meaning has to be harmless where it no longer applies.
 * @param current compared by identity
 * @returns what to show, and what a press means
 */
export function useSteady<Meaning>(current: Meaning): Meaning {
  const [meaning, setMeaning] = useState(current);
  useEffect(() => {
    if (meaning === current) return undefined;
    const timer = setTimeout(() => setMeaning(current), noticeMs);
    return () => clearTimeout(timer);
  }, [meaning, current]);
  return meaning;
}
