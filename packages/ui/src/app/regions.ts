/** F6 goes from one region of the window to the next, as in desktop apps; Shift+F6 goes back. */

const regions = ['.sidebar', '.toolbar', '.list, .empty', '.details', '.status-bar'] as const;
const focusable = 'a[href], button:not([disabled]), input, [tabindex="0"]';

/** Moves the focus to the next region that has something to focus. @returns false where there is none */
export function focusNextRegion(root: ParentNode, active: Element | null, step: 1 | -1): boolean {
  const places = regions.flatMap((selector) => [...root.querySelectorAll<HTMLElement>(selector)].slice(0, 1));
  const current = places.findIndex((place) => place.contains(active));
  // From nowhere the first step leads to the list, which is what people came for.
  const from = current === -1 ? places.findIndex((place) => place.matches('.list, .empty')) - step : current;
  for (let tries = 1; tries <= places.length; tries += 1) {
    const place = places[(((from + step * tries) % places.length) + places.length) % places.length];
    // Where one item stands for many, it is the one that Tab reaches.
    const target =
      place?.querySelector<HTMLElement>('[role=row][tabindex="0"]') ?? place?.querySelector<HTMLElement>(focusable);
    if (target === null || target === undefined) continue;
    target.focus();
    return true;
  }
  return false;
}
