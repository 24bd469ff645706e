import { readFileSync } from 'node:fs';

/** A picture, and the pixels that Pillow has of it. */
export interface PictureCase {
  name: string;
  file: Uint8Array;
  picture: { width: number; height: number; channels: number; data: Uint8Array };
}

/** Of a JSON file of `fixtures`. */
export function pictureCases(file: string): PictureCase[] {
  const cases = JSON.parse(readFileSync(`${import.meta.dirname}/../../fixtures/${file}`, 'utf8'));
  const bytesOf = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));
  return cases.map(({ name, file: packed, data, ...rest }: Record<string, string>) => ({
    name,
    file: bytesOf(packed!),
    picture: { ...rest, data: bytesOf(data!) },
  }));
}
