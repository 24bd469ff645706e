import { effect, type ReadonlySignal } from '@preact/signals';
import type uPlot from 'uplot';
import type { Session } from '../../state/session.ts';

/** Draws the rows of epochs; the library comes when there is something to draw. */
export function openCurve(host: HTMLElement, session: ReadonlySignal<Session>): () => void {
  let plot: uPlot | undefined;
  let isGone = false;
  let isLoading = false;

  async function open(): Promise<void> {
    isLoading = true;
    const { default: Plot } = await import('uplot');
    if (isGone) return;
    const style = getComputedStyle(host);
    const color = (name: string) => style.getPropertyValue(name).trim();
    const axis = { stroke: color('--dim'), grid: { stroke: color('--line') }, ticks: { show: false } };
    plot = new Plot(
      {
        width: host.clientWidth,
        height: host.clientHeight,
        scales: { x: { time: false } },
        axes: [axis, { ...axis, size: 56 }],
        legend: { show: false },
        series: [
          {},
          { label: 'train', stroke: color('--accent'), width: 2 },
          { label: 'validation', stroke: color('--accent'), width: 2, dash: [2, 4] },
        ],
      },
      rowsOf(session.peek()),
      host,
    );
  }

  const stop = effect(() => {
    const { rows } = session.value;
    if (plot) plot.setData(rowsOf(session.value));
    else if (rows.length > 0 && !isLoading) void open();
  });
  const watch = new ResizeObserver(() =>
    plot?.setSize({ width: host.clientWidth, height: host.clientHeight }),
  );
  watch.observe(host);
  return () => {
    isGone = true;
    stop();
    watch.disconnect();
    plot?.destroy();
  };
}

function rowsOf({ rows }: Session): uPlot.AlignedData {
  return [rows.map(({ epoch }) => epoch), rows.map(({ loss }) => loss), rows.map(({ valLoss }) => valLoss)];
}
