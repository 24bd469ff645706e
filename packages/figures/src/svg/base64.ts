const CHUNK = 0x6000; // arguments of one call; a multiple of 3

/**
 * Bytes as base64, in Node and in browsers.
 *
 * @example
 * encodeBase64(new Uint8Array([77, 97, 110])); // 'TWFu'
 */
export function encodeBase64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += CHUNK)
    text += btoa(String.fromCharCode(...bytes.subarray(i, i + CHUNK)));
  return text;
}
