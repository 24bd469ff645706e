const ERASE_LINE = '\r\x1b[2K';
const REDRAW_MS = 80;

/** The last line of a terminal, drawn over and over. Without a terminal it does nothing. */
export interface LiveLine {
  readonly enabled: boolean;
  /** What fits without wrapping, with room for the `^C` that a terminal echoes. */
  readonly width: number;
  /** Draws what `compose` gives, at most every 80 ms. */
  update(compose: () => string): void;
  draw(text: string): void;
  clear(): void;
}

export interface LiveLineOptions {
  enabled: boolean;
  now?: () => number;
}

export function createLiveLine(
  stream: { write(text: string): unknown; columns?: number },
  { enabled, now = () => performance.now() }: LiveLineOptions,
): LiveLine {
  let drawn = false;
  let drawnAt = Number.NEGATIVE_INFINITY;
  const draw = (text: string) => {
    if (!enabled) return;
    stream.write(ERASE_LINE + text);
    drawn = true;
    drawnAt = now();
  };
  return {
    enabled,
    get width() {
      return Math.max((stream.columns || 80) - 3, 1);
    },
    draw,
    update(compose) {
      if (enabled && now() - drawnAt >= REDRAW_MS) draw(compose());
    },
    clear() {
      if (drawn) stream.write(ERASE_LINE);
      drawn = false;
    },
  };
}
