import { type Bounds, type Camera, fitCamera, limitCamera, mixCameras, type Size } from './camera.ts';

/** The camera of a map as it moves: by hand at once, by itself in a glide, and after the points as long as nobody took it. */
export interface MapView {
  readonly size: Size;
  readonly camera: Camera;
  /** The camera that shows everything. */
  readonly home: Camera;
  /** Whether it goes after the points: until somebody moves it. */
  readonly isFollowing: boolean;
  readonly isGliding: boolean;
  resize(size: Size): void;
  /** The points' bounds have changed. */
  setBounds(bounds: Bounds, now: number, seconds: number): void;
  /** Moves it by hand. */
  take(camera: Camera): void;
  /** Shows everything, and follows from now on. */
  fit(now: number, seconds: number): void;
  /** Goes on to a time. */
  advance(now: number): void;
}

/** A map that grows by less than this shares the camera it had: it should not tremble while it settles. */
const TOLERANCE = 0.08;
const UNIT: Bounds = { left: -1, right: 1, bottom: -1, top: 1 };

export function createView(): MapView {
  let size: Size = { width: 1, height: 1 };
  let bounds = UNIT;
  let home = fitCamera(bounds, size);
  let camera = home;
  let isFollowing = true;
  let glide: { from: Camera; startedAt: number; milliseconds: number } | undefined;

  const goHome = (now: number, seconds: number) => {
    glide = seconds > 0 ? { from: camera, startedAt: now, milliseconds: 1000 * seconds } : undefined;
    if (!glide) camera = home;
  };

  return {
    get size() {
      return size;
    },
    get camera() {
      return camera;
    },
    get home() {
      return home;
    },
    get isFollowing() {
      return isFollowing;
    },
    get isGliding() {
      return glide !== undefined;
    },
    resize(newSize) {
      const before = home.scale;
      size = newSize;
      home = fitCamera(bounds, size);
      glide = undefined;
      camera = isFollowing ? home : { ...camera, scale: (camera.scale * home.scale) / before };
    },
    setBounds(newBounds, now, seconds) {
      const next = fitCamera(newBounds, size);
      const away = Math.hypot(next.x - home.x, next.y - home.y) * home.scale;
      const isNear =
        Math.abs(Math.log(next.scale / home.scale)) < TOLERANCE &&
        away < TOLERANCE * Math.min(size.width, size.height);
      if (isNear && seconds > 0) return;
      bounds = newBounds;
      home = next;
      if (isFollowing) goHome(now, seconds);
    },
    take(next) {
      glide = undefined;
      isFollowing = false;
      camera = limitCamera(next, home, bounds);
    },
    fit(now, seconds) {
      isFollowing = true;
      goHome(now, seconds);
    },
    advance(now) {
      if (!glide) return;
      const share = Math.min(Math.max((now - glide.startedAt) / glide.milliseconds, 0), 1);
      camera = mixCameras(glide.from, home, share * share * (3 - 2 * share));
      if (share === 1) glide = undefined;
    },
  };
}
