/** Packs PNGs into the two containers that Windows and macOS want, both of which hold PNGs as they are. */

export interface SizedPng {
  readonly size: number;
  readonly png: Buffer;
}

/** ICO: a directory of 16-byte entries, then the images. 256 is written as 0. */
export function packIco(images: readonly SizedPng[]): Buffer {
  const header = Buffer.alloc(6 + images.length * 16);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(images.length, 4);
  let offset = header.length;
  for (const [index, { size, png }] of images.entries()) {
    const at = 6 + index * 16;
    header.writeUInt8(size % 256, at);
    header.writeUInt8(size % 256, at + 1);
    header.writeUInt16LE(1, at + 4);
    header.writeUInt16LE(32, at + 6);
    header.writeUInt32LE(png.length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([header, ...images.map(({ png }) => png)]);
}

const icnsTypes: Readonly<Record<number, string>> = { 128: 'ic07', 256: 'ic08', 512: 'ic09', 1024: 'ic10' };

function icnsChunk(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32BE(8 + content.length, 4);
  return Buffer.concat([head, content]);
}

/** ICNS: chunks of a four-letter type and a length, inside one of type `icns`. */
export function packIcns(images: readonly SizedPng[]): Buffer {
  const chunks = images.flatMap(({ size, png }) => {
    const type = icnsTypes[size];
    return type === undefined ? [] : [icnsChunk(type, png)];
  });
  return icnsChunk('icns', Buffer.concat(chunks));
}
