import { CLASS_COLORS } from '@latentkit/figures/colors';
import { useEffect, useRef } from 'preact/hooks';

/** The colour of a class, in both schemes. */
export function Swatch({ label }: { label: number }) {
  const dot = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const { light, dark, moreContrast } = CLASS_COLORS;
    const at = label % light.length;
    // A policy without inline styles leaves properties that scripts set.
    for (const [scheme, colors] of Object.entries({ light, dark, contrast: moreContrast })) {
      dot.current?.style.setProperty(`--fill-${scheme}`, colors[at]!.fill);
      dot.current?.style.setProperty(`--rim-${scheme}`, colors[at]!.rim);
    }
  }, [label]);
  return <span class="swatch" ref={dot} />;
}
