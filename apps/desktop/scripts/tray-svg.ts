/** Draws the tray's icon as SVG: the same gate on a 16-unit grid, in one tone, with a mark for each state. */

export type TrayState = 'normal' | 'active' | 'paused';

const beamAndPosts =
  '<rect x="1" y="1" width="14" height="2.4" rx="1"/><rect x="2.4" y="2" width="2.2" height="9" rx="1"/><rect x="11.4" y="2" width="2.2" height="9" rx="1"/>';

/** Closed: the leaf is down. Active: it is up, and water falls through. Paused: it is down, behind two bars. */
const marks: Readonly<Record<TrayState, string>> = {
  normal:
    '<rect x="5.6" y="4.6" width="4.8" height="6.4" rx="0.8"/><rect x="1" y="12.6" width="14" height="2.2" rx="1.1"/>',
  active: '<rect x="5.6" y="4.4" width="4.8" height="2.6" rx="0.8"/><path d="M6.7 8h2.6v2.6h2.5L8 15 4.2 10.6h2.5Z"/>',
  paused:
    '<rect x="5.8" y="5" width="1.7" height="9.6" rx="0.8"/><rect x="8.5" y="5" width="1.7" height="9.6" rx="0.8"/>',
};

export function traySvg(state: TrayState, color: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><g fill="${color}">${beamAndPosts}${marks[state]}</g></svg>`;
}
