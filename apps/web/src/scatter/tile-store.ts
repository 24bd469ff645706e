import type { Tile } from './tiles.ts';

/** Pixels of a tile: all its cells' pictures beside one another, as wide as high. */
export type TilePicture = ImageBitmap;

/** Decodes the 64 codes of a tile (`tileCodes`), unless it is aborted: it is when nobody looks there any more. */
export type RequestTile = (tile: Tile, signal: AbortSignal) => Promise<TilePicture>;

/** A tile that has come. */
export interface StoredTile {
  readonly tile: Tile;
  readonly picture: TilePicture;
  /** When it came, in milliseconds: from then on it fades in. */
  readonly cameAt: number;
}

export interface TileStore {
  /** Asks for those of these tiles that are not there, in their order; what was asked for before and is not among them is not wanted any more. */
  want(tiles: readonly Tile[]): void;
  /** The tiles that have come, those of coarser levels first. */
  readonly stored: readonly StoredTile[];
  /** Drops all: another model decodes them differently. */
  forget(): void;
}

export interface TileStoreOptions {
  request: RequestTile;
  now: () => number;
  /** Called when a tile has come. */
  onCome: () => void;
  /** Called with what a request failed with. The tile is not asked for again before `forget`. */
  onFail: (error: unknown) => void;
  /** How many are kept: those that were wanted last. */
  limit?: number;
  /** How many are decoded at once: one is drawn while the next is decoded. */
  atOnce?: number;
}

/** Tiles by name, decoded in the order of the newest view. */
export function createTileStore({
  request,
  now,
  onCome,
  onFail,
  limit = 160,
  atOnce = 2,
}: TileStoreOptions): TileStore {
  /** In the order in which they were wanted last. */
  const kept = new Map<string, StoredTile>();
  const failed = new Set<string>();
  const underWay = new Map<string, AbortController>();
  let queue: Tile[] = [];

  const decode = async (tile: Tile, name: string, controller: AbortController) => {
    try {
      const picture = await request(tile, controller.signal);
      if (controller.signal.aborted) {
        picture.close();
        return;
      }
      kept.set(name, { tile, picture, cameAt: now() });
      dropOldest();
      onCome();
    } catch (error) {
      if (controller.signal.aborted) return;
      failed.add(name);
      onFail(error);
    } finally {
      if (underWay.get(name) === controller) underWay.delete(name);
      decodeNext();
    }
  };
  const decodeNext = () => {
    while (underWay.size < atOnce && queue.length > 0) {
      const tile = queue.shift()!;
      const name = nameOf(tile);
      const controller = new AbortController();
      underWay.set(name, controller);
      void decode(tile, name, controller);
    }
  };
  const dropOldest = () => {
    for (const [name, { picture }] of kept) {
      if (kept.size <= limit) return;
      kept.delete(name);
      picture.close();
    }
  };

  return {
    want(tiles) {
      const wanted = new Set(tiles.map(nameOf));
      for (const [name, controller] of underWay) {
        if (wanted.has(name)) continue;
        controller.abort();
        underWay.delete(name);
      }
      // From last to first: the middle of the view is what is dropped last.
      for (const tile of tiles.toReversed()) {
        const name = nameOf(tile);
        const stored = kept.get(name);
        if (!stored) continue;
        kept.delete(name);
        kept.set(name, stored);
      }
      queue = tiles.filter((tile) => {
        const name = nameOf(tile);
        return !kept.has(name) && !failed.has(name) && !underWay.has(name);
      });
      decodeNext();
    },
    get stored() {
      return [...kept.values()].sort((a, b) => a.tile.level - b.tile.level);
    },
    forget() {
      queue = [];
      for (const controller of underWay.values()) controller.abort();
      underWay.clear();
      for (const { picture } of kept.values()) picture.close();
      kept.clear();
      failed.clear();
    },
  };
}

function nameOf({ level, x, y }: Tile): string {
  return `${level}/${x}/${y}`;
}
