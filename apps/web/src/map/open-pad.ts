import { centreDrawing, PAD } from './centre-drawing.ts';

/** A surface to draw on. */
export interface Pad {
  undo(): void;
  clear(): void;
  /** Shows an image of the set instead of what was drawn. */
  put(image: Uint8Array): void;
  close(): void;
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** The width of a line, of the pad's 280 pixels; a pen presses it from half to one and a half. */
const INK_WIDTH = 22;

/** How far an arrow goes: a pixel of the image that comes of it. */
const STEP = 10;
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
};

/**
 * Lets a hand draw: light ink on dark, as the digits are. Without a pointer, arrows move a ring, and space lets the ink flow or stops it.
 *
 * @param hear gets the image `[side, side]` after each stroke, and undefined where there is none.
 */
export function openPad(
  canvas: HTMLCanvasElement,
  side: number,
  hear: (image: Uint8Array | undefined) => void,
): Pad {
  canvas.setAttribute('role', 'application');
  canvas.width = PAD;
  canvas.height = PAD;
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  let strokes: Place[][] = [];
  let current: Place[] | undefined;
  /** An image that strokes are drawn over, and where keys are: on the canvas, and while it has the focus. */
  let under: OffscreenCanvas | undefined;
  let at: Place = { x: PAD / 2, y: PAD / 4, width: INK_WIDTH };
  const listening = new AbortController();

  function paint(): void {
    context.fillStyle = '#000';
    context.fillRect(0, 0, PAD, PAD);
    if (under) context.drawImage(under, 0, 0, PAD, PAD);
    context.strokeStyle = '#fff';
    context.lineCap = 'round';
    for (const stroke of strokes) {
      for (const [i, { x, y, width }] of stroke.entries()) {
        const before = stroke[i - 1] ?? { x, y };
        context.lineWidth = width;
        context.beginPath();
        context.moveTo(before.x, before.y);
        context.lineTo(x, y);
        context.stroke();
      }
    }
  }
  function paintRing(): void {
    if (!canvas.matches(':focus-visible')) return;
    context.lineWidth = 3;
    context.strokeStyle = current ? '#ffb01f' : '#5aa6ea';
    context.beginPath();
    context.arc(at.x, at.y, INK_WIDTH / 2 + 4, 0, 2 * Math.PI);
    context.stroke();
  }
  function repaint(): void {
    paint();
    paintRing();
  }
  function tell(): void {
    paint(); // without the ring
    const { data } = context.getImageData(0, 0, PAD, PAD);
    const ink = Uint8Array.from({ length: PAD * PAD }, (_, i) => data[4 * i]!);
    paintRing();
    hear(centreDrawing(ink, PAD, side));
  }
  const placeOf = ({ offsetX, offsetY, pressure, pointerType }: PointerEvent): Place => ({
    x: (offsetX * PAD) / canvas.clientWidth,
    y: (offsetY * PAD) / canvas.clientHeight,
    width: INK_WIDTH * (pointerType === 'pen' ? 0.5 + pressure : 1),
  });

  const on = <Type extends 'pointerdown' | 'pointermove' | 'pointerup' | 'pointercancel'>(
    type: Type,
    listener: (event: PointerEvent) => void,
  ) => canvas.addEventListener(type, listener, { signal: listening.signal });
  on('pointerdown', (event) => {
    if (event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    current = [placeOf(event)];
    strokes = [...strokes, current];
    paint();
  });
  on('pointermove', (event) => {
    if (!current) return;
    const events = event.getCoalescedEvents();
    current.push(...(events.length > 0 ? events : [event]).map(placeOf));
    paint();
  });
  const end = () => {
    if (!current) return;
    current = undefined;
    tell();
  };
  on('pointerup', end);
  on('pointercancel', end);
  const onKey = (event: KeyboardEvent) => {
    const arrow = ARROWS[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey || (!arrow && event.key !== ' ')) return;
    event.preventDefault();
    event.stopPropagation();
    if (arrow) {
      const inside = (value: number) => Math.min(Math.max(value, 0), PAD);
      at = { ...at, x: inside(at.x + arrow[0]), y: inside(at.y + arrow[1]) };
      current?.push(at);
    } else if (current) end();
    else {
      current = [at];
      strokes = [...strokes, current];
    }
    repaint();
  };
  canvas.addEventListener('keydown', onKey, { signal: listening.signal });
  canvas.addEventListener('focus', repaint, { signal: listening.signal });
  // Who goes on has drawn to the end.
  const onBlur = () => {
    end();
    repaint();
  };
  canvas.addEventListener('blur', onBlur, { signal: listening.signal });
  paint();

  return {
    undo() {
      strokes = strokes.slice(0, -1);
      tell();
    },
    clear() {
      strokes = [];
      under = undefined;
      paint();
      hear(undefined);
    },
    put(image) {
      strokes = [];
      const small = new OffscreenCanvas(side, side);
      const rgba = new Uint8ClampedArray(4 * side * side);
      for (let i = 0; i < side * side; i++) rgba.set([image[i]!, image[i]!, image[i]!, 255], 4 * i);
      small.getContext('2d')!.putImageData(new ImageData(rgba, side, side), 0, 0);
      under = small;
      paint();
      hear(image);
    },
    close: () => listening.abort(),
  };
}
