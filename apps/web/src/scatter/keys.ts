/** A key, as a `KeyboardEvent` has it. */
export interface Key {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

/** What a key asks of a map. */
export type KeyAction =
  | { readonly do: 'step'; readonly dx: number; readonly dy: number } // CSS pixels
  | { readonly do: 'zoom'; readonly factor: number }
  | { readonly do: 'fit' | 'press' | 'next-class' | 'round' | 'leave' }
  | { readonly do: 'visit'; readonly by: 1 | -1 }
  | { readonly do: 'grow'; readonly factor: number };

const STEP = 16;
const FINE_STEP = 2;
const ZOOM = 1.25;
const GROW = 1.2;
const ARROWS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
/** Keys that are a letter can be turned off: somebody who speaks to a computer types them unawares (WCAG 2.1.4). */
const LETTERS: Record<string, KeyAction> = {
  n: { do: 'visit', by: 1 },
  p: { do: 'visit', by: -1 },
  c: { do: 'next-class' },
  l: { do: 'round' },
};
const SIGNS: Record<string, KeyAction> = {
  '+': { do: 'zoom', factor: ZOOM },
  '=': { do: 'zoom', factor: ZOOM },
  '-': { do: 'zoom', factor: 1 / ZOOM },
  _: { do: 'zoom', factor: 1 / ZOOM },
  '0': { do: 'fit' },
  Enter: { do: 'press' },
  Escape: { do: 'leave' },
  '[': { do: 'grow', factor: 1 / GROW },
  ']': { do: 'grow', factor: GROW },
};

/** What a key does in a map, `undefined` for one that is not the map's. */
export function readKey(
  { key, shiftKey, ctrlKey, altKey, metaKey }: Key,
  letters: boolean,
): KeyAction | undefined {
  if (ctrlKey || altKey || metaKey) return undefined;
  const arrow = ARROWS[key];
  if (arrow) {
    const step = shiftKey ? FINE_STEP : STEP;
    return { do: 'step', dx: arrow[0] * step, dy: arrow[1] * step };
  }
  return SIGNS[key] ?? (letters ? LETTERS[key.toLowerCase()] : undefined);
}
