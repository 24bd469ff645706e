import { useEffect, useRef } from 'preact/hooks';
import { paintSwatch, swatchOf } from './paint-swatch.ts';

/** The colour of a class, in both schemes. */
export function Swatch({ label }: { label: number }) {
  const dot = useRef<HTMLSpanElement>(null);
  useEffect(() => paintSwatch(dot.current, swatchOf(label)), [label]);
  return <span class="swatch" ref={dot} />;
}
