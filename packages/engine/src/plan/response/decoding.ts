/** The content encodings that a caller can undo while it writes. */
export type Decoding = 'gzip' | 'deflate' | 'br' | 'zstd';
