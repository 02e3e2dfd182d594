/** `nativeImage`: knows where an image came from and how large it is, from the header of its PNG. */
import { existsSync, readFileSync } from 'node:fs';
import type { NativeImage, Size } from 'electron';

type Members = 'getSize' | 'isEmpty' | 'isTemplateImage' | 'setTemplateImage' | 'toPNG';

const pngSignature = '89504e470d0a1a0a';

export class DoubleNativeImage implements Pick<NativeImage, Members> {
  readonly path: string;
  readonly #png: Buffer;
  #template: boolean;

  constructor(png: Buffer, path = '') {
    this.#png = png.subarray(0, 8).toString('hex') === pngSignature ? png : Buffer.alloc(0);
    this.path = path;
    // macOS takes the name for a sign, as Electron does.
    this.#template = /Template(?:@\dx)?\.png$/.test(path);
  }

  isEmpty(): boolean {
    return this.#png.length === 0;
  }

  getSize(): Size {
    return this.isEmpty()
      ? { width: 0, height: 0 }
      : { width: this.#png.readUInt32BE(16), height: this.#png.readUInt32BE(20) };
  }

  isTemplateImage(): boolean {
    return this.#template;
  }

  setTemplateImage(option: boolean): void {
    this.#template = option;
  }

  toPNG(): Buffer {
    return Buffer.from(this.#png);
  }
}

export const nativeImage = {
  createEmpty: () => new DoubleNativeImage(Buffer.alloc(0)),
  createFromPath: (path: string) =>
    new DoubleNativeImage(existsSync(path) ? readFileSync(path) : Buffer.alloc(0), path),
  createFromBuffer: (buffer: Buffer) => new DoubleNativeImage(buffer),
  createFromDataURL: (dataUrl: string) => new DoubleNativeImage(Buffer.from(dataUrl.split(',')[1] ?? '', 'base64')),
};
