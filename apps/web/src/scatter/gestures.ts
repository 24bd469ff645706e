import type { Pixel } from './camera.ts';

/** What dragging with a finger, a pen or the left button does. */
export type Tool = 'probe' | 'pan' | 'lasso';

/** What pointers ask of a map; pixels are from its upper left corner. */
export interface GestureHandlers {
  /** A pointer is over the map; `isPressed` while it drags. */
  probe(pixel: Pixel, isPressed: boolean): void;
  leave(): void;
  /** Pressed and let go at the same place. */
  press(pixel: Pixel): void;
  pan(dx: number, dy: number): void;
  zoom(pixel: Pixel, factor: number): void;
  pinch(from: readonly [Pixel, Pixel], to: readonly [Pixel, Pixel]): void;
  /** More of a lasso's path. */
  draw(pixels: readonly Pixel[]): void;
  /** The path is closed, or given up (a second finger came, or the system took the pointer). */
  closeLasso(isDone: boolean): void;
}

/** As far as a pointer may go in a press, in CSS pixels: a finger is never still. */
const SLOP = 5;
/** A wheel's notch is 100 pixels or 3 lines: a quarter more. */
const WHEEL_LINE = 33;
const WHEEL = Math.log(1.25) / 100;
/** A pinch on a touchpad comes as a wheel with Ctrl, in smaller numbers. */
const TOUCHPAD = 6;

interface Finger {
  at: Pixel;
  readonly start: Pixel;
  /** Whether it drags the map: the tool says so, or the middle button or Shift. */
  readonly pans: boolean;
  moved: boolean;
}

/** Listens to pointers and the wheel. Gives what ends that. */
export function listenGestures(
  element: HTMLElement,
  tool: () => Tool,
  handlers: GestureHandlers,
): () => void {
  const fingers = new Map<number, Finger>();
  let isDrawing = false;
  const listening = new AbortController();
  const { signal } = listening;

  const pixelOf = ({ clientX, clientY }: MouseEvent): Pixel => {
    const { left, top } = element.getBoundingClientRect();
    return [clientX - left, clientY - top];
  };
  const giveUpLasso = () => {
    if (isDrawing) handlers.closeLasso(false);
    isDrawing = false;
  };

  element.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button > 1) return;
      element.setPointerCapture(event.pointerId);
      const at = pixelOf(event);
      const pans = tool() === 'pan' || event.button === 1 || event.shiftKey;
      fingers.set(event.pointerId, { at, start: at, pans, moved: false });
      if (fingers.size === 2) {
        // Two fingers mean the map, whatever one alone was doing.
        for (const finger of fingers.values()) finger.moved = true;
        giveUpLasso();
      } else if (!pans && tool() === 'lasso') {
        isDrawing = true;
        handlers.draw([at]);
      } else handlers.probe(at, true);
    },
    { signal },
  );
  element.addEventListener(
    'pointermove',
    (event) => {
      const at = pixelOf(event);
      const finger = fingers.get(event.pointerId);
      if (!finger) {
        if (event.pointerType !== 'touch') handlers.probe(at, false);
        return;
      }
      if (Math.hypot(at[0] - finger.start[0], at[1] - finger.start[1]) > SLOP) finger.moved = true;
      const before = finger.at;
      finger.at = at;
      if (fingers.size === 2) {
        const [a, b] = [...fingers.values()];
        const was = (one: Finger): Pixel => (one === finger ? before : one.at);
        handlers.pinch([was(a!), was(b!)], [a!.at, b!.at]);
      } else if (finger.pans) handlers.pan(at[0] - before[0], at[1] - before[1]);
      else if (isDrawing) handlers.draw((event.getCoalescedEvents?.() ?? [event]).map(pixelOf));
      else if (fingers.size === 1) handlers.probe(at, true);
    },
    { signal },
  );
  const lift = (event: PointerEvent, isDone: boolean) => {
    const finger = fingers.get(event.pointerId);
    if (!finger) return;
    fingers.delete(event.pointerId);
    if (isDrawing && isDone && finger.moved) handlers.closeLasso(true);
    else if (isDrawing) handlers.closeLasso(false);
    isDrawing = false;
    // After a drag no click comes that would give focus: what a finger has held stays held.
    if (isDone && event.pointerType === 'touch') element.focus({ preventScroll: true });
    if (isDone && !finger.moved) handlers.press(pixelOf(event));
  };
  element.addEventListener('pointerup', (event) => lift(event, true), { signal });
  element.addEventListener('pointercancel', (event) => lift(event, false), { signal });
  element.addEventListener('pointerleave', () => handlers.leave(), { signal });
  element.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const pixels = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : WHEEL_LINE);
      handlers.zoom(pixelOf(event), Math.exp(-pixels * WHEEL * (event.ctrlKey ? TOUCHPAD : 1)));
    },
    { signal, passive: false },
  );
  return () => listening.abort();
}
