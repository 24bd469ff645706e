import type uPlot from 'uplot';
import type { BesideRun } from '../../lab/run-messages.ts';
import type { Page } from '../../page.ts';
import { columnOf } from '../../state/curves.ts';
import { colorIn, frameOf } from '../train/open-curve.ts';

/** Draws the validation losses of two runs over one another, the second dashed. */
export function openBesideCurve(
  host: HTMLElement,
  { load }: Pick<Page, 'load'>,
  runs: readonly BesideRun[],
): () => void {
  let plot: uPlot | undefined;
  let isGone = false;

  async function draw(): Promise<void> {
    const { default: Plot } = (await load('The curves', () => import('uplot'))) ?? {};
    plot?.destroy();
    plot = undefined;
    if (!Plot || isGone) return;
    const color = colorIn(host);
    const epochs = Math.max(...runs.map(({ rows }) => rows.length));
    const points = { show: epochs < 30 };
    plot = new Plot(
      {
        ...frameOf(host),
        scales: { x: { time: false } },
        series: [
          {},
          { stroke: color('--accent'), width: 2, points },
          { stroke: color('--ink'), width: 2, dash: [8, 4], points },
        ],
      },
      [
        Array.from({ length: epochs }, (_, i) => i + 1),
        ...runs.map(({ rows }) => {
          const values: (number | null)[] = columnOf(rows, 'valLoss');
          return [...values, ...Array<null>(epochs - values.length).fill(null)];
        }),
      ],
      host,
    );
  }

  void draw();
  const watch = new ResizeObserver(() =>
    plot?.setSize({ width: host.clientWidth, height: host.clientHeight }),
  );
  watch.observe(host);
  const scheme = matchMedia('(prefers-color-scheme: dark)');
  const redraw = () => void draw();
  scheme.addEventListener('change', redraw);
  return () => {
    isGone = true;
    watch.disconnect();
    scheme.removeEventListener('change', redraw);
    plot?.destroy();
  };
}
