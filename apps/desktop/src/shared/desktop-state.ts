/** What the desktop remembers about itself between starts; everything about downloads is the engine's. */
import { z } from 'zod';

/** Farther than any desk of screens reaches. */
const coordinate = z.number().int().min(-100_000).max(100_000);
const length = z.number().int().min(1).max(100_000);

export const desktopStateSchema = z.object({
  bounds: z.object({ x: coordinate, y: coordinate, width: length, height: length }).nullable().default(null),
  maximized: z.boolean().default(false),
  /** Whether the person has been told once that closing the window does not end Sluice. */
  toldAboutTray: z.boolean().default(false),
});
export type DesktopState = z.infer<typeof desktopStateSchema>;

/** @returns the defaults for text that is not such a state: it is a convenience, never a reason not to start */
export function parseDesktopState(text: string): DesktopState {
  try {
    return desktopStateSchema.parse(JSON.parse(text));
  } catch {
    return desktopStateSchema.parse({});
  }
}
