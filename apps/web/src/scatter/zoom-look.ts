/** What a map looks like at a zoom. All shares are from 0 to 1 and change evenly: levels of zoom are one continuous thing. */
export interface ZoomLook {
  readonly stage: Stage;
  /** How much of the density is seen instead of dots. */
  readonly density: number;
  /** How much of the decoded tiles is seen. */
  readonly tiles: number;
  /** How much of the names of classes is seen. */
  readonly names: number;
  /** A dot's diameter in CSS pixels. */
  readonly diameter: number;
  /** The share of the points that are drawn: where density tells how many there are, a part of them is grain enough. */
  readonly drawn: number;
  /** A dot's opacity. */
  readonly alpha: number;
}

export type Stage = 'far' | 'middle' | 'near';

export interface Zoom {
  /** Points per square unit of data where a typical point lies. */
  readonly crowding: number;
  /** The same if they were spread evenly over the square that they take. */
  readonly evenly: number;
  /** CSS pixels per unit of data. */
  readonly scale: number;
  /** The scale at which everything is seen. */
  readonly home: number;
  /** Whether there is anything to decode tiles with. */
  readonly hasTiles: boolean;
}

/** The least and the greatest diameter: where dots have room they grow until they can be hit, and their class be read on them. */
const SMALLEST = 2;
const LARGEST = 13;
/** Of so few points that they would cover less of the map than this, all are at least as large as to do so, however tight they lie: */
const EVEN_COVER = 0.08;
/** up to this diameter. */
const LARGEST_FLOOR = 7;
/** Among tiles, dots are pins: they cover little, so that pictures are seen. */
const PIN = 16;
const SMALLEST_PIN = 5;
const PIN_COVER = 0.05;
const MOST_ALPHA = 0.95;
/** The share of the ground that dots cover where a typical point lies, as long as there is room. */
const COVER = 0.45;
/** Dots of the least diameter that cover this much run into one another: density begins, and is all there is. */
const CROWDED = 0.4;
const FULL = 1.6;
/** The share of the points that is drawn over a density that is all there. */
const GRAIN = 0.2;
/** Times the zoom that shows everything: tiles begin, and are all there. */
const TILES_BEGIN = 2.2;
const TILES_FULL = 3.6;

/** What is seen at a zoom, from how crowded the points are there. */
export function lookAt({ crowding, evenly, scale, home, hasTiles }: Zoom): ZoomLook {
  // Dots of diameter d at n per pixel cover n pi/4 d^2 of the ground, where they do not overlap.
  const coverOf = (perUnit: number) => (perUnit / (scale * scale)) * (Math.PI / 4);
  const dotsPerArea = coverOf(crowding);
  const density = between(dotsPerArea * SMALLEST ** 2, CROWDED, FULL);
  const tiles = hasTiles ? between(scale / home, TILES_BEGIN, TILES_FULL) : 0;
  const diameterTo = (cover: number, dots: number) => Math.sqrt(cover / Math.max(dots, Number.MIN_VALUE));
  const roomy = diameterTo(COVER, dotsPerArea);
  const floor = Math.min(Math.max(diameterTo(EVEN_COVER, coverOf(evenly)), SMALLEST), LARGEST_FLOOR);
  const free = Math.min(Math.max(roomy, floor), LARGEST);
  const pin = Math.min(Math.max(roomy * Math.sqrt(PIN_COVER / COVER), SMALLEST_PIN), PIN);
  const cover = dotsPerArea * free * free;
  const pinCover = dotsPerArea * pin * pin;
  // What must overlap is let through: dots where they are crowded, pins where pictures would be covered.
  const dotAlpha = Math.sqrt(COVER / Math.max(cover, COVER)) * (1 - 0.5 * density);
  const pinAlpha = Math.sqrt(PIN_COVER / Math.max(pinCover, PIN_COVER));
  return {
    stage: tiles > 0.5 ? 'near' : density > 0.5 ? 'far' : 'middle',
    density,
    tiles,
    names: 1 - tiles,
    drawn: 1 - (1 - GRAIN) * density,
    diameter: free + (pin - free) * tiles,
    alpha: MOST_ALPHA * (dotAlpha + (pinAlpha - dotAlpha) * tiles),
  };
}

/** From 0 to 1 as a positive number goes from `low` to `high`, evenly by factors, with soft ends. */
function between(value: number, low: number, high: number): number {
  const share = Math.min(Math.max(Math.log(value / low) / Math.log(high / low), 0), 1);
  return share * share * (3 - 2 * share);
}
