const [QUOTE, BACKSLASH, COLON, COMMA, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [
  ...'"\\:,[]{}',
].map((c) => c.charCodeAt(0));

export interface JsonVisitor {
  /** A list or an object begins at this offset, the so-many-th in each other. */
  open?(depth: number, offset: number): void;
  /** A key ends at this offset, in an object of this depth. */
  key?(depth: number, offset: number): void;
  /** A comma stands at this offset, in a list or an object of this depth. */
  comma?(depth: number, offset: number): void;
}

/**
 * Shows what JSON in UTF-8 would become before anybody makes objects of it. Whether it is JSON at all is not looked at; it
 * comes to an end whatever the bytes are.
 */
export function scanJson(json: Uint8Array, { open, key, comma }: JsonVisitor): void {
  let depth = 0;
  for (let i = 0; i < json.length; i++) {
    const byte = json[i];
    if (byte === QUOTE) {
      for (i++; i < json.length && json[i] !== QUOTE; i++) if (json[i] === BACKSLASH) i++;
    } else if (byte === OPEN_LIST || byte === OPEN_OBJECT) open?.(++depth, i);
    else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) depth--;
    else if (byte === COLON) key?.(depth, i);
    else if (byte === COMMA) comma?.(depth, i);
  }
}
