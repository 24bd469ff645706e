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

/**
 * Lets a hand draw: light ink on dark, as the digits are.
 *
 * @param hear gets the image `[side, side]` after each stroke, and undefined where there is none.
 */
export function openPad(
  canvas: HTMLCanvasElement,
  side: number,
  hear: (image: Uint8Array | undefined) => void,
): Pad {
  canvas.width = PAD;
  canvas.height = PAD;
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  let strokes: Place[][] = [];
  let current: Place[] | undefined;
  const listening = new AbortController();

  function paint(): void {
    context.fillStyle = '#000';
    context.fillRect(0, 0, PAD, PAD);
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
  function tell(): void {
    const { data } = context.getImageData(0, 0, PAD, PAD);
    const ink = Uint8Array.from({ length: PAD * PAD }, (_, i) => data[4 * i]!);
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
  paint();

  return {
    undo() {
      strokes = strokes.slice(0, -1);
      paint();
      tell();
    },
    clear() {
      strokes = [];
      paint();
      hear(undefined);
    },
    put(image) {
      strokes = [];
      paint();
      const small = new OffscreenCanvas(side, side);
      const rgba = new Uint8ClampedArray(4 * side * side);
      for (let i = 0; i < side * side; i++) rgba.set([image[i]!, image[i]!, image[i]!, 255], 4 * i);
      small.getContext('2d')!.putImageData(new ImageData(rgba, side, side), 0, 0);
      context.drawImage(small, 0, 0, PAD, PAD);
      hear(image);
    },
    close: () => listening.abort(),
  };
}
