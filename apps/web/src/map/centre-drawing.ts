/** Sides of a drawing as it is made, and as a network takes it. */
export const PAD = 280;

/**
 * A drawing as the images of the set are: its ink scaled into a box of 20/28 of the side, its centre of mass in the middle, as MNIST was
 * made; undefined for an empty one.
 *
 * @param ink `[side, side]`, 0 to 255.
 * @see LeCun et al.: "Gradient-based learning applied to document recognition" (1998), III A
 */
export function centreDrawing(ink: Uint8Array, side: number, to: number): Uint8Array | undefined {
  const box = boxOf(ink, side);
  if (!box) return undefined;
  const scale = Math.max(box.width, box.height) / ((20 / 28) * to); // pixels of the pad for one of the image
  const mass = massOf(ink, side);
  const image = new Uint8Array(to * to);
  for (let y = 0; y < to; y++) {
    for (let x = 0; x < to; x++) {
      // The mean of what lies under the pixel: each pixel of the pad counts once.
      const left = mass.x + (x - to / 2) * scale;
      const top = mass.y + (y - to / 2) * scale;
      image[y * to + x] = meanWithin(ink, side, { left, top, size: scale });
    }
  }
  return image;
}

function boxOf(ink: Uint8Array, side: number): { width: number; height: number } | undefined {
  let [left, right, top, bottom] = [side, -1, side, -1];
  for (let i = 0; i < ink.length; i++) {
    if (ink[i] === 0) continue;
    const [x, y] = [i % side, Math.floor(i / side)];
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return right < 0 ? undefined : { width: right - left + 1, height: bottom - top + 1 };
}

function massOf(ink: Uint8Array, side: number): { x: number; y: number } {
  let [sum, x, y] = [0, 0, 0];
  for (let i = 0; i < ink.length; i++) {
    sum += ink[i]!;
    x += ink[i]! * ((i % side) + 0.5);
    y += ink[i]! * (Math.floor(i / side) + 0.5);
  }
  return { x: x / sum, y: y / sum };
}

function meanWithin(
  ink: Uint8Array,
  side: number,
  { left, top, size }: { left: number; top: number; size: number },
): number {
  let sum = 0;
  for (let y = Math.floor(top); y < top + size; y++) {
    const rows = Math.min(y + 1, top + size) - Math.max(y, top);
    if (y < 0 || y >= side || rows <= 0) continue;
    for (let x = Math.floor(left); x < left + size; x++) {
      const columns = Math.min(x + 1, left + size) - Math.max(x, left);
      if (x >= 0 && x < side && columns > 0) sum += rows * columns * ink[y * side + x]!;
    }
  }
  return Math.round(sum / (size * size));
}
