import type { Camera, Size } from './camera.ts';
import type { ParsedColors, ScatterColors } from './colors.ts';
import { glyphsOf } from './glyphs.ts';
import { drawGround, type Prior } from './ground.ts';
import type { Hand } from './hand.ts';
import type { Layers } from './layers.ts';
import { drawOverlay, type PaintOver } from './overlay.ts';
import type { Scene } from './scene.ts';
import { mixPictures, type Snapshot } from './snapshot.ts';
import type { StoredTile } from './tile-store.ts';
import { tileLevel } from './tiles.ts';
import type { ZoomLook } from './zoom-look.ts';

/** What a map looks like apart from its points. */
export interface Picture {
  readonly colors: ScatterColors;
  readonly parsed: ParsedColors;
  readonly names: readonly string[];
  readonly prior: Prior | undefined;
  readonly over: PaintOver | undefined;
  readonly font: string;
  readonly camera: Camera;
  readonly size: Size;
  /** Pixels per CSS pixel. */
  readonly density: number;
  readonly look: ZoomLook;
  readonly now: number;
  /** Whether densities that are not there yet are made at once, and not between frames. */
  readonly isWhole: boolean;
}

/** A tile fades in for as long as this. */
const FADE_MS = 120;
/** Tiles of other levels show through until those of this one are there; ones much finer or coarser are of no use. */
const LEVELS_AROUND = 3;
const UNSEEN = 0.01;
/** So many points are always drawn: with fewer of them a frame takes no less, and signs would stand where there is no dot. */
const FEW = 2000;

/**
 * Draws densities and tiles. Gives whether a tile is still fading in.
 *
 * @param mixed where densities of two maps are mixed.
 */
export function paintGround(
  { ground }: Layers,
  scene: Scene,
  picture: Picture,
  stored: readonly StoredTile[],
  mixed: HTMLCanvasElement,
): boolean {
  const { look, now, camera, parsed, isWhole } = picture;
  const densityOf = (snapshot: Snapshot) =>
    isWhole ? snapshot.picture(parsed, scene.isolated) : snapshot.drawn;
  const density = hasDensity(look)
    ? mixPictures(densityOf(scene.before), densityOf(scene.after), scene.motion.shareAt(now), mixed)
    : undefined;
  const level = tileLevel(camera.scale);
  const away = ({ tile }: StoredTile) => Math.abs(tile.level - level);
  const tiles = stored
    .filter((one) => away(one) <= LEVELS_AROUND)
    .sort((a, b) => away(b) - away(a))
    .map((one) => ({ stored: one, alpha: Math.min((now - one.cameAt) / FADE_MS, 1) }));
  const isEmpty = !density && (look.tiles === 0 || tiles.length === 0);
  // A layer without anything is one less to lay over the others in each frame.
  ground.canvas.style.display = isEmpty ? 'none' : '';
  if (!isEmpty) {
    drawGround(ground, {
      ...{ ...picture, origin: scene.origin, tiles },
      ...{ density, densityAlpha: look.density, tilesAlpha: look.tiles },
    });
  }
  return look.tiles > UNSEEN && tiles.some(({ alpha }) => alpha < 1);
}

export const hasDensity = ({ density }: ZoomLook): boolean => density > UNSEEN;

/** @param share how many of those that this zoom has are drawn. */
export function paintPoints({ points }: Layers, scene: Scene, picture: Picture, share: number): void {
  const { camera, size, density, look, now } = picture;
  points.draw({
    ...size,
    density,
    x: camera.x - scene.origin[0],
    y: camera.y - scene.origin[1],
    scale: camera.scale,
    from: scene.motion.from,
    to: scene.motion.to,
    share: scene.motion.shareAt(now),
    count: Math.max(Math.ceil(share * look.drawn * scene.order.length), Math.min(FEW, scene.order.length)),
    diameter: look.diameter,
    alpha: look.alpha,
    pin: look.tiles,
    isolated: scene.isolated,
    hasSelection: scene.hasSelection,
  });
}

export function paintOverlay(
  { overlay }: Layers,
  scene: Scene,
  picture: Picture,
  hand: Pick<Hand, 'hovered' | 'crosshair' | 'lasso'>,
): void {
  const { names, look, now } = picture;
  const share = scene.motion.shareAt(now);
  const { before, after, origin, isolated } = scene;
  const tags = names.flatMap((text, label) => {
    const along = (i: number) => before.medians[i]! + (after.medians[i]! - before.medians[i]!) * share;
    const [x, y] = [along(2 * label), along(2 * label + 1)];
    const alpha = look.names * (isolated === undefined || isolated === label ? 1 : 0.25);
    return Number.isFinite(x + y) && alpha > UNSEEN
      ? [{ text, x: x + origin[0], y: y + origin[1], alpha }]
      : [];
  });
  drawOverlay(overlay, {
    ...picture,
    names: tags,
    hovered: hand.hovered === undefined ? undefined : hoveredDot(scene, picture, hand.hovered),
    glyphs: glyphsOf(scene, picture),
    diameter: look.diameter,
    crosshair: hand.crosshair && { x: hand.crosshair[0], y: hand.crosshair[1] },
    lasso: hand.lasso,
  });
}

function hoveredDot(scene: Scene, { names, now }: Picture, row: number) {
  const [x, y] = scene.placeOf(row, now);
  const category = scene.categoryOf(row);
  return { x, y, category, name: category === undefined ? '' : (names[category] ?? '') };
}
