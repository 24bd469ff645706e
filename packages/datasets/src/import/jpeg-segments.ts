/**
 * The segments of a JPEG before its pixels: their markers, and where those stand.
 *
 * @throws `RangeError` where the file ends before.
 * @see ITU T.81, B.1.1.4
 */
export function* jpegSegments(view: DataView): Generator<{ marker: number; at: number }> {
  for (let at = 2; view.getUint8(at) === 0xff; ) {
    const marker = view.getUint8(at + 1);
    if (marker === 0xda || marker === 0xd9) return; // its pixels, or its end
    if (marker !== 0xff) yield { marker, at };
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2); // fill bytes may stand before a marker
  }
}

/** Whether a segment is the frame's header. */
export function isJpegFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}
