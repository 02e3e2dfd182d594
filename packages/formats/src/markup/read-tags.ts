/**
 * Reads tags, attributes and text of XML or HTML one after the other. It builds no tree, so that depth costs nothing; a
 * DTD is passed over, and of entities only the characters that the language itself names are known.
 */
import { Tokenizer } from 'htmlparser2';

export interface TagReader {
  /** @param name without a namespace's prefix, in lower case */
  open(name: string, attributes: ReadonlyMap<string, string>, offset: number): void;
  close(name: string, offset: number): void;
  text(text: string, offset: number): void;
  comment?(text: string, offset: number): void;
}

export function readTags(source: string, { xml }: { readonly xml: boolean }, reader: TagReader): void {
  let tag: { readonly name: string; readonly offset: number; readonly attributes: Map<string, string> } | null = null;
  let attribute = '';
  let value = '';
  function finish(isClosed: boolean, offset: number): void {
    if (tag === null) return;
    reader.open(tag.name, tag.attributes, tag.offset);
    if (isClosed) reader.close(tag.name, offset);
    tag = null;
  }
  const tokenizer = new Tokenizer(
    { xmlMode: xml, decodeEntities: true },
    {
      onopentagname: (start, end) => {
        tag = { name: plainName(source.slice(start, end)), offset: start, attributes: new Map() };
      },
      onattribname: (start, end) => {
        attribute = source.slice(start, end).toLowerCase();
        value = '';
      },
      onattribdata: (start, end) => {
        value += source.slice(start, end);
      },
      onattribentity: (codePoint) => {
        value += String.fromCodePoint(codePoint);
      },
      onattribend: () => {
        if (tag !== null && !tag.attributes.has(attribute)) tag.attributes.set(attribute, value);
      },
      onopentagend: (end) => finish(false, end),
      onselfclosingtag: (end) => finish(xml, end),
      onclosetag: (start, end) => reader.close(plainName(source.slice(start, end)), start),
      ontext: (start, end) => reader.text(source.slice(start, end), start),
      ontextentity: (codePoint, end) => reader.text(String.fromCodePoint(codePoint), end),
      oncdata: (start, end, endOffset) => reader.text(source.slice(start, end - endOffset), start),
      oncomment: (start, end, endOffset) => reader.comment?.(source.slice(start, end - endOffset), start),
      ondeclaration: () => {},
      onprocessinginstruction: () => {},
      onend: () => {},
    },
  );
  tokenizer.write(source);
  tokenizer.end();
}

function plainName(name: string): string {
  return name.slice(name.indexOf(':') + 1).toLowerCase();
}
