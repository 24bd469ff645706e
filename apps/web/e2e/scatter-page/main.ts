// The map of points alone, with what the checks in e2e/scatter need of it: a thing of the page's own is not in its build.
import { normalRows } from '@latentkit/core';
import { CLASS_COLORS } from '@latentkit/figures/colors';
import type { Scatter, ScatterOptions } from '../../src/scatter/api.ts';
import { MAP_ROLE, type ScatterEvents } from '../../src/scatter/events.ts';
import { fillPath, isInside, selectWithin } from '../../src/scatter/lasso.ts';
import { nearestRows, pickNearest } from '../../src/scatter/pick.ts';
import { createScatter } from '../../src/scatter/scatter.ts';
import { type Tile, tileCodes } from '../../src/scatter/tiles.ts';

const COLORS = {
  light: { ground: '#fbfbfd', ink: '#1b1f24', faint: '#8b8d8f', accent: '#1f6fb8' },
  dark: { ground: '#14161b', ink: '#e8eaee', faint: '#6b717a', accent: '#5aa6ea' },
};
const CELL = 28;
const EVENTS = ['move', 'hover', 'press', 'lasso', 'isolate', 'camera', 'renderer', 'error', 'say'] as const;

/** Ten Gaussians around a ring, turned by an angle; row i is of class i mod 10. */
function makePoints(count: number, angle = 0) {
  const noise = normalRows(count, 2, { seed: 7, stream: 0 });
  const category = Uint8Array.from({ length: count }, (_, row) => row % 10);
  const x = new Float32Array(count);
  const y = new Float32Array(count);
  for (let row = 0; row < count; row++) {
    const label = category[row]!;
    const turn = angle + (2 * Math.PI * label) / 9;
    const [middleX, middleY] = label === 9 ? [0.1, 0] : [1.6 * Math.cos(turn), 1.6 * Math.sin(turn)];
    const [u, v] = [noise[2 * row]!, noise[2 * row + 1]!];
    x[row] = middleX + (0.18 + 0.03 * label) * u + 0.2 * v * Math.sin(turn);
    y[row] = middleY + (0.42 - 0.025 * label) * v;
  }
  return { x, y, category, state: new Uint8Array(count) };
}

/** Pictures of rings whose shape follows the code: what a decoder gives, without one. */
function decodeToy(tile: Tile, dark: boolean): Promise<ImageBitmap> {
  const codes = tileCodes(tile);
  const side = 8 * CELL;
  const image = new ImageData(side, side);
  for (let i = 0; i < side * side; i++) {
    const [column, row] = [i % side, Math.floor(i / side)];
    const cell = Math.floor(row / CELL) * 8 + Math.floor(column / CELL);
    const [x, y] = [codes[2 * cell]!, codes[2 * cell + 1]!];
    const u = ((column % CELL) + 0.5) / CELL - 0.5;
    const v = ((row % CELL) + 0.5) / CELL - 0.5;
    const angle = Math.atan2(v, u);
    const away = Math.hypot(u * (1.15 + 0.35 * Math.sin(2 * x)), v * (1.05 + 0.3 * Math.cos(2 * y)));
    const radius = 0.28 + 0.07 * Math.sin(2 * angle + 2 * x) + 0.06 * Math.sin(3 * angle + 3 * y);
    const ink = Math.min(Math.max(1.6 - Math.abs(away - radius) * 16, 0), 1);
    const value = dark ? 22 + 212 * ink : 252 - 222 * ink;
    image.data.set([value, value, value + (dark ? 4 : 1), 255], 4 * i);
  }
  return createImageBitmap(image);
}

/** A map on the page, with all its events. */
function openMap(options: Partial<ScatterOptions> & { dark?: boolean; toy?: boolean } = {}) {
  const { dark = false, toy = false, ...rest } = options;
  const host = document.querySelector<HTMLElement>('#map')!;
  const scheme = dark ? 'dark' : 'light';
  const colors = { ...COLORS[scheme], dots: CLASS_COLORS[scheme].slice(0, 10) };
  document.body.style.background = colors.ground;
  for (const [name, value] of Object.entries(MAP_ROLE)) host.setAttribute(name, String(value));
  host.setAttribute('aria-label', 'Map');
  const asked: Tile[] = [];
  const tiles = (tile: Tile) => {
    asked.push(tile);
    return decodeToy(tile, dark);
  };
  const scatter: Scatter = createScatter(host, {
    ...{ colors, names: Array.from('0123456789'), prior: { x: 0, y: 0, deviation: 1 } },
    ...(toy ? { tiles } : {}),
    ...rest,
  });
  const log: { type: keyof ScatterEvents; event: object }[] = [];
  for (const type of EVENTS) scatter.on(type, (event: object) => log.push({ type, event }));
  return { scatter, log, asked };
}

Object.assign(globalThis, {
  ...{ openMap, makePoints },
  ...{ fillPath, isInside, selectWithin, nearestRows, pickNearest },
});
