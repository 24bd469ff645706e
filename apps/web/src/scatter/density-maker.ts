import { nextTurn } from '@latentkit/core';
import type { ParsedColors } from './colors.ts';
import type { Scene } from './scene.ts';

interface DensityMakerOptions {
  colors(): ParsedColors;
  /** A density is there, or has other colours. */
  onMade(): void;
}

/**
 * What makes the densities of a scene that frames want, between frames: in the frame itself it would be a long task. Each half of the work
 * has a turn of the event loop of its own.
 */
export function createDensityMaker(
  scene: Scene,
  { colors, onMade }: DensityMakerOptions,
): () => Promise<void> {
  let isAtWork = false;
  const missing = () => {
    const { after, before, isolated } = scene;
    // Of the map before, whose places may be gone, what was counted then is shown, or nothing.
    const snapshots = before.drawn ? [after, before] : [after];
    return snapshots.find((snapshot) => !snapshot.isDrawn(colors(), isolated));
  };
  return async () => {
    if (isAtWork) return;
    isAtWork = true;
    try {
      for (let next = missing(); next; next = missing()) {
        await nextTurn();
        next.count();
        await nextTurn();
        next.picture(colors(), scene.isolated);
        onMade();
      }
    } finally {
      isAtWork = false;
    }
  };
}
