/** Where a map is looked at: the data in the middle of the view, and how many CSS pixels a unit of data has. y points up. */
export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** A view in CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A rectangle of data. */
export interface Bounds {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

/** A place in a view, in CSS pixels from its upper left corner. */
export type Pixel = readonly [px: number, py: number];

/** How far from the camera that shows everything one may go: a third out, and in until a code's last digits would show. */
const FARTHEST = 1 / 3;
const NEAREST = 512;
/** How many widths beyond its bounds one may look: a few points lie out there. */
const BEYOND = 0.5;

export function toPixel(
  { x, y, scale }: Camera,
  { width, height }: Size,
  dataX: number,
  dataY: number,
): Pixel {
  return [(dataX - x) * scale + width / 2, (y - dataY) * scale + height / 2];
}

export function toData({ x, y, scale }: Camera, { width, height }: Size, [px, py]: Pixel): [number, number] {
  return [x + (px - width / 2) / scale, y - (py - height / 2) / scale];
}

/** The camera that shows all of some bounds, with a margin that is a share of the view's shorter side. */
export function fitCamera(
  { left, right, bottom, top }: Bounds,
  { width, height }: Size,
  margin = 0.07,
): Camera {
  const room = 2 * margin * Math.min(width, height);
  // What has no extent (a single point) is looked at as if it were a unit wide.
  const across = right - left || 1;
  const up = top - bottom || 1;
  const scale = Math.min(Math.max(width - room, 1) / across, Math.max(height - room, 1) / up);
  return { x: (left + right) / 2, y: (bottom + top) / 2, scale };
}

/** Zooms so that the data under a pixel stays under it. */
export function zoomAt(camera: Camera, size: Size, pixel: Pixel, factor: number): Camera {
  return pinch(camera, size, [pixel, pixel], [pixel, pixel], factor);
}

export function panBy({ x, y, scale }: Camera, dx: number, dy: number): Camera {
  return { x: x - dx / scale, y: y + dy / scale, scale };
}

/** The camera after two fingers have moved: what lay between them still does, and the zoom is how far they parted. */
export function pinch(
  camera: Camera,
  size: Size,
  from: readonly [Pixel, Pixel],
  to: readonly [Pixel, Pixel],
  factor = apart(to) / apart(from),
): Camera {
  const [dataX, dataY] = toData(camera, size, middle(from));
  const scale = camera.scale * factor;
  const [px, py] = middle(to);
  return { x: dataX - (px - size.width / 2) / scale, y: dataY + (py - size.height / 2) / scale, scale };
}

/** Keeps a camera where there is something to see: its middle in or near the bounds, its zoom between limits around `home`. */
export function limitCamera({ x, y, scale }: Camera, home: Camera, bounds: Bounds): Camera {
  const { left, right, bottom, top } = bounds;
  const [slackX, slackY] = [BEYOND * (right - left), BEYOND * (top - bottom)];
  return {
    x: Math.min(Math.max(x, left - slackX), right + slackX),
    y: Math.min(Math.max(y, bottom - slackY), top + slackY),
    scale: Math.min(Math.max(scale, home.scale * FARTHEST), home.scale * NEAREST),
  };
}

/** Between two cameras; the zoom goes by equal factors, which looks even. */
export function mixCameras(a: Camera, b: Camera, share: number): Camera {
  if (share >= 1) return b;
  return {
    x: a.x + (b.x - a.x) * share,
    y: a.y + (b.y - a.y) * share,
    scale: a.scale * (b.scale / a.scale) ** share,
  };
}

/** The data that a view shows. */
export function visibleBounds(camera: Camera, size: Size): Bounds {
  const [left, top] = toData(camera, size, [0, 0]);
  const [right, bottom] = toData(camera, size, [size.width, size.height]);
  return { left, right, bottom, top };
}

function middle([[ax, ay], [bx, by]]: readonly [Pixel, Pixel]): Pixel {
  return [(ax + bx) / 2, (ay + by) / 2];
}

function apart([[ax, ay], [bx, by]]: readonly [Pixel, Pixel]): number {
  return Math.max(Math.hypot(ax - bx, ay - by), 1);
}
