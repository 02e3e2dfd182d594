/** Events as Electron hands them to listeners: with `preventDefault`, and a trace of whether it was called. */
import type { Event } from 'electron';

export interface DoubleEvent {
  preventDefault(): void;
  readonly defaultPrevented: boolean;
}

/** An event that carries `fields` beside the usual two members. */
export function createEvent<F extends object>(fields: F): F & DoubleEvent;
export function createEvent(): DoubleEvent;
export function createEvent(fields: object = {}): DoubleEvent {
  let prevented = false;
  const event = Object.defineProperty(
    Object.assign({}, fields, { preventDefault: () => (prevented = true) }),
    'defaultPrevented',
    {
      get: () => prevented,
      enumerable: true,
    },
  );
  return event as unknown as DoubleEvent;
}

/** What every Electron event has, so that the shape above cannot drift from Electron's. */
export type ElectronEventMembers = Pick<Event, 'preventDefault' | 'defaultPrevented'>;
const shape = createEvent() satisfies ElectronEventMembers;
void shape;
