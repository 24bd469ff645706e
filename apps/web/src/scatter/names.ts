/** A name that wants to stand around a place, in CSS pixels. */
export interface NameTag {
  readonly text: string;
  readonly px: number;
  readonly py: number;
  readonly width: number;
  readonly height: number;
}

const ROUNDS = 24;

/**
 * Pushes names apart that lie on one another, each pair by half of what they overlap, along the shorter way out. Those that do
 * not overlap stay where they are.
 */
export function placeNames(tags: readonly NameTag[]): NameTag[] {
  const placed = tags.map((tag) => ({ ...tag }));
  for (let round = 0; round < ROUNDS; round++) {
    let moved = false;
    for (let i = 0; i < placed.length; i++) {
      for (let j = i + 1; j < placed.length; j++) {
        const a = placed[i]!;
        const b = placed[j]!;
        const overX = (a.width + b.width) / 2 - Math.abs(a.px - b.px);
        const overY = (a.height + b.height) / 2 - Math.abs(a.py - b.py);
        // A hair: halves of halves would go on for ever.
        if (overX <= 0.1 || overY <= 0.1) continue;
        moved = true;
        if (overX < overY) {
          const push = (a.px <= b.px ? 0.5 : -0.5) * overX;
          a.px -= push;
          b.px += push;
        } else {
          const push = (a.py <= b.py ? 0.5 : -0.5) * overY;
          a.py -= push;
          b.py += push;
        }
      }
    }
    if (!moved) break;
  }
  return placed;
}
