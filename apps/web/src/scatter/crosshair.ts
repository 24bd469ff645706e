import type { Pixel } from './camera.ts';
import type { MapNews, ScatterEvents } from './events.ts';
import type { KeyAction } from './keys.ts';
import { circlePath, type Path } from './lasso.ts';

/** What a crosshair needs of its map. Places are data, rows those of points. */
export interface CrosshairMap {
  /** The middle of the view: where a crosshair begins. */
  middle(): [number, number];
  toPixel(x: number, y: number): Pixel;
  toData(pixel: Pixel): [number, number];
  /** The point near a place, that nearest to it. */
  pick(x: number, y: number): number | undefined;
  /** The points nearest to a place, the nearest first. */
  nearest(x: number, y: number, count: number): number[];
  placeOf(row: number): readonly [number, number];
  categoryOf(row: number): number | undefined;
  /** Selects within a path: how many, and a mask of them. */
  selectWithin(path: Path): { mask: Uint8Array; count: number };
  /** Moves the map until a place is in view. */
  reveal(x: number, y: number): void;
  emit<Type extends keyof ScatterEvents>(type: Type, event: ScatterEvents[Type]): void;
  /** Another point, or none, is under the crosshair. */
  hover(row: number | undefined): void;
}

/** A crosshair that keys move: all that a pointer can mean, without one. */
export interface Crosshair {
  readonly at: readonly [number, number] | undefined;
  /** The round selection that is being made. */
  readonly path: Path | undefined;
  /** Puts it in the middle, where it was not there. */
  show(): void;
  hide(): void;
  /** Does what is a crosshair's to do; false for what is not. */
  act(action: KeyAction): boolean;
}

/** What N and P go through before they look around anew. */
const VISITED = 256;
const ROUND_PX = 40;

export function createCrosshair(map: CrosshairMap): Crosshair {
  let at: [number, number] | undefined;
  /** The points around a place, and which of them one is at. */
  let tour: { rows: number[]; place: number } | undefined;
  let radius: number | undefined; // data

  const say = (news: MapNews) => map.emit('say', news);
  const goTo = (x: number, y: number, row = map.pick(x, y)) => {
    at = [x, y];
    map.reveal(x, y);
    map.hover(row);
    map.emit('move', { x, y, by: 'keys', isPressed: false });
    if (radius !== undefined) tellRound(false);
    else say({ about: 'place', x, y, row, category: row === undefined ? undefined : map.categoryOf(row) });
  };
  const tellRound = (isDone: boolean) => {
    const path = circlePath(...at!, radius!);
    const { mask, count } = map.selectWithin(path);
    map.emit('lasso', { mask, count, path, by: 'keys', isDone });
    say({ about: 'round', count, isDone });
  };
  const visit = (by: 1 | -1) => {
    const isFirst = tour === undefined || tour.place + by >= tour.rows.length;
    tour = isFirst
      ? { rows: map.nearest(...at!, VISITED), place: 0 }
      : { ...tour!, place: Math.max(tour!.place + by, 0) };
    const row = tour.rows[tour.place];
    if (row !== undefined) goTo(...(map.placeOf(row) as [number, number]), row);
  };
  const show = () => {
    at ??= map.middle();
  };

  return {
    get at() {
      return at;
    },
    get path() {
      return at && radius !== undefined ? circlePath(...at, radius) : undefined;
    },
    show,
    hide() {
      at = undefined;
      radius = undefined;
      tour = undefined;
    },
    act(action) {
      show();
      const [x, y] = at!;
      if (action.do === 'step') {
        tour = undefined;
        const [px, py] = map.toPixel(x, y);
        goTo(...map.toData([px + action.dx, py + action.dy]));
      } else if (action.do === 'visit') visit(action.by);
      else if (action.do === 'round' && radius === undefined) {
        const [px, py] = map.toPixel(x, y);
        radius = map.toData([px + ROUND_PX, py])[0] - x;
        tellRound(false);
      } else if (action.do === 'grow' && radius !== undefined) {
        radius *= action.factor;
        tellRound(false);
      } else if ((action.do === 'press' || action.do === 'round') && radius !== undefined) {
        tellRound(true);
        radius = undefined;
      } else if (action.do === 'press') map.emit('press', { x, y, row: map.pick(x, y), by: 'keys' });
      else if (action.do === 'leave' && radius !== undefined) radius = undefined;
      else return false;
      return true;
    },
  };
}
