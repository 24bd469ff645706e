import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Lab } from '../lab/lab.ts';
import { latestOnly } from '../lab/latest.ts';
import type { Judged } from '../lab/messages.ts';
import type { Scatter } from '../scatter/api.ts';
import type { Tool } from '../scatter/gestures.ts';
import type { Stage } from '../scatter/zoom-look.ts';
import { codeAt, meanCode, nearestCodes, type Plane } from './codes.ts';
import type { Strip } from './strip.ts';
import { createWalk, type Walk } from './walk.ts';

/** A code and its image. */
export interface Seen {
  readonly code: Float32Array;
  readonly image: Uint8Array;
}

/** Points that were taken together. */
export interface Selection {
  readonly rows: readonly number[];
  readonly mask: Uint8Array;
}

/** What the encoder answers to some images, and the codes once they are drawn: `[count, latentDim]` each. */
export interface Followed {
  readonly mean: Float32Array;
  readonly logVar: Float32Array;
  readonly code?: Float32Array;
}

/** What one looks at on the map, in every place that shows it. */
export interface MapState {
  /** Undefined before there are codes. */
  readonly plane: ReadonlySignal<Plane | undefined>;
  /** The class that codes without an image are decoded as, where the model is told one. */
  readonly told: Signal<number>;
  /** The code under the hand, decoded. */
  readonly seen: ReadonlySignal<Seen | undefined>;
  readonly hovered: Signal<number | undefined>;
  /** How near one is; undefined before there is a map. */
  readonly stage: Signal<Stage | undefined>;
  readonly isolated: Signal<number | undefined>;
  readonly selection: ReadonlySignal<Selection | undefined>;
  readonly tool: Signal<Tool>;
  /** What draws the dots; undefined before there is a map. */
  readonly drawnBy: Signal<Scatter['renderer'] | undefined>;
  /** The map itself, while there is one on the page. */
  readonly scatter: Signal<Scatter | undefined>;
  /** Its element, and that of the panel of what lies under the hand: keys lead from one to the other. */
  readonly host: Signal<HTMLElement | undefined>;
  readonly inspector: Signal<HTMLElement | undefined>;
  /** What the axis decodes to, where codes are one number; undefined while it is not known. */
  readonly strip: Signal<Strip | undefined>;
  readonly walk: Walk;
  /** A batch on its way through the network; undefined while none is followed. */
  readonly followed: Signal<Followed | undefined>;
  /** What was drawn by hand, in the network's eyes. */
  readonly drawn: Signal<Judged | undefined>;
  /** What the map says to those who do not see it. */
  readonly said: Signal<string>;
  /** The hand is at a place of the plane. */
  reach(x: number, y: number): void;
  /** Looks at a code, wherever it lies. */
  show(code: Float32Array): void;
  /** Moves the plane along a dimension that it does not show. */
  setOther(dimension: number, value: number): void;
  select(mask: Uint8Array | undefined): void;
  /** Rows of the images that are nearest to what is seen. */
  readonly nearest: ReadonlySignal<readonly number[]>;
  /** The mean code of what is selected. */
  selectedMean(): Float32Array<ArrayBuffer> | undefined;
}

/** So many neighbours are shown. */
const NEIGHBOURS = 6;

export function createMapState(lab: Lab): MapState {
  const others = signal<ReadonlyMap<number, number>>(new Map());
  const seen = signal<Seen | undefined>(undefined);
  const selection = signal<Selection | undefined>(undefined);
  const hovered = signal<number | undefined>(undefined);
  const isolated = signal<number | undefined>(undefined);
  const drawn = signal<Judged | undefined>(undefined);
  const told = signal(0);
  const plane = computed<Plane | undefined>(() => {
    const pictures = lab.pictures.value;
    if (!pictures) return undefined;
    const { axes, origin } = pictures;
    return { axes, origin: origin.map((value, d) => others.value.get(d) ?? value) };
  });
  let wanted: Float32Array | undefined;

  const decode = latestOnly(
    async (code: Float32Array) => ({ code, image: await lab.decode(new Float32Array(code), told.peek()) }),
    ({ code, image }) => {
      if (image.length > 0) seen.value = { code, image };
    },
    { usesOvertaken: true },
  );
  const show = (code: Float32Array) => {
    wanted = code;
    decode(code);
  };
  const walk = createWalk(lab, told, show);
  // Other weights decode what one looks at differently, and so they do as another class.
  effect(() => {
    told.value;
    if (lab.pictures.value && wanted) decode(wanted);
  });
  // Another run has other images.
  effect(() => {
    lab.data.value;
    wanted = undefined;
    seen.value = undefined;
    selection.value = undefined;
    hovered.value = undefined;
    isolated.value = undefined;
    walk.ends.value = {};
    walk.plays.value = false;
    drawn.value = undefined;
    told.value = 0;
    others.value = new Map();
  });

  return {
    plane,
    told,
    seen,
    hovered,
    stage: signal<Stage | undefined>(undefined),
    isolated,
    selection,
    tool: signal<Tool>('probe'),
    drawnBy: signal<Scatter['renderer'] | undefined>(undefined),
    scatter: signal<Scatter | undefined>(undefined),
    host: signal<HTMLElement | undefined>(undefined),
    inspector: signal<HTMLElement | undefined>(undefined),
    strip: signal<Strip | undefined>(undefined),
    walk,
    followed: signal<Followed | undefined>(undefined),
    drawn,
    said: signal(''),
    reach(x, y) {
      if (plane.peek()) show(codeAt(plane.peek()!, x, y));
    },
    show,
    setOther(dimension, value) {
      others.value = new Map(others.peek()).set(dimension, value);
      if (!wanted) return;
      const code = new Float32Array(wanted);
      code[dimension] = value;
      show(code);
    },
    select(mask) {
      const rows = mask ? [...mask.keys()].filter((row) => mask[row] !== 0) : [];
      selection.value = mask && rows.length > 0 ? { rows, mask } : undefined;
    },
    nearest: computed(() => {
      const { means } = lab.pictures.value ?? {};
      return means && seen.value ? nearestCodes(means, seen.value.code, NEIGHBOURS) : [];
    }),
    selectedMean() {
      const { means } = lab.pictures.peek() ?? {};
      const rows = selection.peek()?.rows;
      return means && rows ? meanCode(means, lab.data.peek()!.latentDim, rows) : undefined;
    },
  };
}
