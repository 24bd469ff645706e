import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { diskError } from '@latentkit/formats/node';
import type { PictureRoom } from '../import/image-store.ts';

/** A room for pictures in a new file, which whoever makes it removes. */
export function openPictureRoom(path: string): PictureRoom & { close(): void } {
  const file = openSync(path, 'wx+');
  let end = 0;
  return {
    put(bytes) {
      const place = end;
      try {
        for (let done = 0; done < bytes.length; )
          done += writeSync(file, bytes, done, bytes.length - done, end + done);
      } catch (cause) {
        throw diskError(path, cause);
      }
      end += bytes.length;
      return place;
    },
    get(place, length) {
      const bytes = new Uint8Array(length);
      readSync(file, bytes, 0, length, place);
      return bytes;
    },
    close: () => closeSync(file),
  };
}
