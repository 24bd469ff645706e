import type { Bounds } from './camera.ts';
import type { ParsedColors } from './colors.ts';
import { blurDensity, countDensity, type Density, measureCrowding, shadeDensity } from './density.ts';
import { type Extent, findExtent, findMedians, unite } from './points.ts';

/** What is known of one map of the points, read once when it comes. Places are from the points' origin. */
export interface Snapshot {
  /** Of what a view should show; `undefined` where no point has a place. */
  readonly bounds: Bounds | undefined;
  /** [classes, 2], NaN for a class without points. */
  readonly medians: Float32Array;
  /** Points per square unit of data where a typical point lies. */
  readonly crowding: number;
  /** Points per square unit of data if they were spread over the square that takes them all. */
  readonly evenly: number;
  /** The first half of what `picture` does; nothing where that is done. */
  count(): void;
  /** Its density as a picture; made when it is first asked for, as it is seen from afar alone. */
  picture(colors: ParsedColors, isolated: number | undefined): DensityPicture | undefined;
  /** The picture that there is, be it of other colours; undefined before the first one. */
  readonly drawn: DensityPicture | undefined;
  /** Whether `picture` has nothing to do. */
  isDrawn(colors: ParsedColors, isolated: number | undefined): boolean;
}

export interface DensityPicture {
  readonly bounds: Bounds;
  readonly canvas: HTMLCanvasElement;
}

/** What of points stays as it is while they move. */
export interface SnapshotOf {
  readonly category: Uint8Array;
  readonly state: Uint8Array;
  readonly classCount: number;
  /** Some rows that stand for all, and for each class. */
  readonly rows: Uint32Array;
  readonly rowsOfClasses: readonly Uint32Array[];
}

/** Reads what every frame wants at once, and the rest when it is asked for: `places` may by then be those of a later map. */
export function readSnapshot(
  places: Float32Array, // [n, 2]
  { category, state, classCount, rows, rowsOfClasses }: SnapshotOf,
): Snapshot {
  const extent = findExtent(places, state, rows);
  let density: Density | undefined;
  let drawn: (DensityPicture & { colors: ParsedColors; isolated: number | undefined }) | undefined;
  const counted = ({ taken }: Extent): Density => {
    if (!density) {
      density = countDensity(places, category, state, taken, classCount);
      blurDensity(density);
    }
    return density;
  };
  const isDrawn: Snapshot['isDrawn'] = (colors, isolated) =>
    !extent || (drawn?.colors === colors && drawn.isolated === isolated);
  return {
    bounds: extent?.shown,
    medians: findMedians(places, rowsOfClasses),
    crowding: extent ? measureCrowding(places, state, extent.taken) : 0,
    evenly: extent ? state.length / widthOf(extent.shown) ** 2 : 0,
    count() {
      if (extent) counted(extent);
    },
    picture(colors, isolated) {
      if (extent && !isDrawn(colors, isolated)) {
        const counts = counted(extent);
        const canvas = drawPicture(counts, colors, isolated, drawn?.canvas);
        drawn = { bounds: counts.bounds, canvas, colors, isolated };
      }
      return drawn;
    },
    get drawn() {
      return drawn;
    },
    isDrawn,
  };
}

const widthOf = ({ left, right, bottom, top }: Bounds) => Math.max(right - left, top - bottom) || 1;

/** Mixes two densities into one picture, small as they are: scaled to the view it is drawn once, not twice. */
export function mixPictures(
  a: DensityPicture | undefined,
  b: DensityPicture | undefined,
  share: number,
  canvas: HTMLCanvasElement,
): DensityPicture | undefined {
  if (!a || !b || share === 1 || a === b) return b ?? a;
  const bounds = unite(a.bounds, b.bounds);
  canvas.width = b.canvas.width;
  canvas.height = b.canvas.height;
  const context = canvas.getContext('2d')!;
  const across = canvas.width / (bounds.right - bounds.left);
  const down = canvas.height / (bounds.top - bounds.bottom);
  // Added, so that what is the same in both stays as it is.
  context.globalCompositeOperation = 'lighter';
  for (const [picture, alpha] of [
    [a, 1 - share],
    [b, share],
  ] as const) {
    const { left, right, bottom, top } = picture.bounds;
    context.globalAlpha = alpha;
    context.drawImage(
      picture.canvas,
      ...([(left - bounds.left) * across, (bounds.top - top) * down] as const),
      ...([(right - left) * across, (top - bottom) * down] as const),
    );
  }
  return { bounds, canvas };
}

function drawPicture(
  density: Density,
  { fills, faint }: ParsedColors,
  isolated: number | undefined,
  canvas = document.createElement('canvas'),
): HTMLCanvasElement {
  const { side } = density;
  canvas.width = side;
  canvas.height = side;
  const image = new ImageData(side, side);
  image.data.set(shadeDensity(density, fills, faint, isolated));
  canvas.getContext('2d')!.putImageData(image, 0, 0);
  return canvas;
}
