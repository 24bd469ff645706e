import { expect, test } from 'vitest';
import { itermPicture, kittyPicture } from './inline-picture.ts';

test('kitty gets a PNG in pieces of at most 4,096 characters, the last one marked, and is asked for no answer', () => {
  expect(kittyPicture(Uint8Array.of(1, 2, 3), 40)).toBe('\x1b_Ga=T,f=100,q=2,c=40,m=0;AQID\x1b\\');
  const png = Uint8Array.from({ length: 7000 }, (_, i) => i % 251);
  const pieces = kittyPicture(png, 40).split('\x1b\\').slice(0, -1);
  const parts = pieces.map((piece) => /_G(?<keys>[^;]*);(?<data>.*)$/.exec(piece)!.groups!);
  expect(parts.map(({ keys }) => keys)).toEqual(['a=T,f=100,q=2,c=40,m=1', 'm=1', 'm=0']);
  for (const { data } of parts) expect(data!.length).toBeLessThanOrEqual(4096);
  const data = parts.map((part) => part.data).join('');
  expect(new Uint8Array(Buffer.from(data, 'base64'))).toEqual(png);
});

test('iTerm2 gets a PNG whole, shown in its place', () => {
  expect(itermPicture(Uint8Array.of(1, 2, 3), 40)).toBe(
    '\x1b]1337;File=inline=1;size=3;width=40;preserveAspectRatio=1:AQID\x07',
  );
});
