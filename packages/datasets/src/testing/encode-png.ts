import { crc32, deflateSync } from 'node:zlib';

/** For tests: a PNG of bytes, `[height, width, channels]`; a header that says other sizes makes a liar of it. */
export function encodePng(
  {
    width,
    height,
    channels = 1,
    data,
  }: { width: number; height: number; channels?: number; data: ArrayLike<number> },
  said: { width: number; height: number } = { width, height },
): Uint8Array {
  const line = width * channels;
  const raw = Buffer.alloc(height * (line + 1));
  for (let i = 0; i < height * line; i++) raw[Math.floor(i / line) + i + 1] = data[i]!;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(said.width, 0);
  header.writeUInt32BE(said.height, 4);
  header.set([8, [0, 0, 4, 2, 6][channels]!], 8);
  const chunks = [chunk('IHDR', header), chunk('IDAT', deflateSync(raw)), chunk('IEND', Buffer.alloc(0))];
  return new Uint8Array(Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...chunks]));
}

function chunk(name: string, content: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name), content]);
  const frame = Buffer.alloc(body.length + 8);
  frame.writeUInt32BE(content.length, 0);
  frame.set(body, 4);
  frame.writeUInt32BE(crc32(body), body.length + 4);
  return frame;
}
