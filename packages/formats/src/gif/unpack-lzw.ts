import { LatentkitError } from '@latentkit/core';

const MOST_CODES = 4096;

/**
 * The colours of a GIF's picture: codes of growing width, each the colours of an earlier one and one more (Lempel, Ziv, Welch).
 *
 * @param bits of a colour.
 * @param count how many colours there must be; what follows is left out.
 * @throws `E_FORMAT` for a code that was not made yet, and where there are fewer.
 * @see GIF 89a, appendix F
 */
export function unpackLzw(packed: Uint8Array, bits: number, count: number): Uint8Array {
  const [clear, end] = [1 << bits, (1 << bits) + 1];
  const before = new Uint16Array(MOST_CODES); // of each code, the one that it goes on from
  const last = Uint8Array.from({ length: MOST_CODES }, (_, code) => (code < clear ? code : 0));
  const first = last.slice();
  const lengths = new Uint16Array(MOST_CODES).fill(1);
  const out = new Uint8Array(count);
  let [made, width, previous, filled] = [end + 1, bits + 1, -1, 0];
  let [held, heldBits, at] = [0, 0, 0];
  while (filled < count) {
    while (heldBits < width) {
      if (at === packed.length) throw damaged(`its pixels end after ${filled} of ${count}`);
      held |= packed[at++]! << heldBits;
      heldBits += 8;
    }
    const code = held & ((1 << width) - 1);
    held >>>= width;
    heldBits -= width;
    if (code === clear) {
      [made, width, previous] = [end + 1, bits + 1, -1];
      continue;
    }
    if (code === end) throw damaged(`its pixels end after ${filled} of ${count}`);
    if (code > made || (code === made && previous < 0)) throw damaged('a code of its pixels is not made yet');
    if (previous >= 0 && made < MOST_CODES) {
      before[made] = previous;
      first[made] = first[previous]!;
      last[made] = first[code === made ? previous : code]!;
      lengths[made] = lengths[previous]! + 1;
      made++;
      if (made === 1 << width && width < 12) width++;
    }
    const length = lengths[code]!;
    for (let i = filled + length - 1, part = code; i >= filled; i--, part = before[part]!) {
      if (i < count) out[i] = last[part]!;
    }
    filled += length;
    previous = code;
  }
  return out;
}

function damaged(what: string): LatentkitError {
  return new LatentkitError('E_FORMAT', `parseGif: this GIF cannot be read: ${what}`, {
    fix: 'Save it anew.',
  });
}
