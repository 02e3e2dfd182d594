/** `Tray`: an icon with a tooltip and a menu, clickable by the test. */
import { EventEmitter } from 'node:events';
import { basename } from 'node:path';
import type { Tray } from 'electron';
import type { TrayState } from '../control.ts';
import { createEvent } from './events.ts';
import type { DoubleMenu } from './menu.ts';
import { nativeImage, type DoubleNativeImage } from './native-image.ts';
import { handleCommand, observe, observedChanged } from './observed.ts';

type Members = 'destroy' | 'isDestroyed' | 'setIgnoreDoubleClickEvents' | 'setTitle' | 'setToolTip';

const trays = new Set<DoubleTray>();

export class DoubleTray extends EventEmitter implements Pick<Tray, Members> {
  #image: DoubleNativeImage;
  #toolTip = '';
  #menu: DoubleMenu | null = null;
  #destroyed = false;

  constructor(image: DoubleNativeImage | string) {
    super();
    this.#image = typeof image === 'string' ? nativeImage.createFromPath(image) : image;
    if (this.#image.isEmpty()) throw new Error(`Failed to load image from path '${this.#image.path}'`);
    trays.add(this);
    observedChanged();
  }

  setImage(image: DoubleNativeImage | string): void {
    this.#image = typeof image === 'string' ? nativeImage.createFromPath(image) : image;
    observedChanged();
  }

  setToolTip(toolTip: string): void {
    this.#toolTip = toolTip;
    observedChanged();
  }

  setTitle(): void {}

  setIgnoreDoubleClickEvents(): void {}

  setContextMenu(menu: DoubleMenu | null): void {
    this.#menu = menu;
    observedChanged();
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  destroy(): void {
    this.#destroyed = true;
    trays.delete(this);
    observedChanged();
  }

  choose(label: string): void {
    if (this.#menu === null) throw new Error('the tray has no menu');
    this.#menu.choose([label]);
  }

  readState(): TrayState {
    return { toolTip: this.#toolTip, icon: basename(this.#image.path), menu: this.#menu?.readState() ?? [] };
  }
}

void (DoubleTray.prototype satisfies Record<keyof Pick<Tray, 'setImage' | 'setContextMenu'>, unknown>);

function onlyTray(): DoubleTray {
  const [tray] = trays;
  if (tray === undefined) throw new Error('there is no tray');
  return tray;
}

observe('trays', () => [...trays].map((tray) => tray.readState()));
handleCommand('tray.click', () => {
  onlyTray().emit('click', createEvent(), { x: 0, y: 0, width: 24, height: 24 }, { x: 0, y: 0 });
});
handleCommand('tray.menu', ({ label }) => onlyTray().choose(label));
