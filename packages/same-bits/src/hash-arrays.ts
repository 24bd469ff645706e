import type { NamedArrays } from '@latentkit/core';

/** SHA-256, as hexadecimal digits, of names and little-endian float32 bytes: of each array, and of all in their order. */
export async function hashArrays(
  arrays: NamedArrays,
): Promise<{ hash: string; parameters: Record<string, string> }> {
  const parameters: Record<string, string> = {};
  const parts: Uint8Array[] = [];
  for (const [name, { data }] of Object.entries(arrays)) {
    // The bits of a NaN are open: two of them may differ where nothing is wrong.
    if (!data.every(Number.isFinite)) throw new Error(`the weights '${name}' are not finite`);
    const label = new TextEncoder().encode(name);
    const part = new Uint8Array(label.length + 4 * data.length);
    part.set(label);
    const view = new DataView(part.buffer, label.length);
    data.forEach((value, i) => {
      view.setFloat32(4 * i, value, true);
    });
    parameters[name] = await sha256(part);
    parts.push(part);
  }
  return {
    hash: await sha256(new Uint8Array(await new Blob(parts as BlobPart[]).arrayBuffer())),
    parameters,
  };
}

/** By Web Crypto, which pages, workers and Node share. */
async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
