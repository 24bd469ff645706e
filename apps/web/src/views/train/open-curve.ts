import { computed, effect, type ReadonlySignal } from '@preact/signals';
import type uPlot from 'uplot';
import type { Page } from '../../page.ts';
import { columnOf, marksOf, smooth } from '../../state/curves.ts';
import type { Session } from '../../state/session.ts';

/** What of the curves is shown, and how. */
export interface CurveLook {
  /** Its index. */
  readonly curve: number;
  readonly isLog: boolean;
  readonly isSmooth: boolean;
}

/** Epochs of the moving average. */
const SMOOTHED = 7;

/** Draws the rows of epochs; the library comes when there is something to draw. */
export function openCurve(
  host: HTMLElement,
  { lab: { session }, load }: Pick<Page, 'lab' | 'load'>,
  look: ReadonlySignal<CurveLook>,
): () => void {
  let plot: uPlot | undefined;
  let isLog = false;
  let isGone = false;
  let library: Promise<{ default: typeof uPlot } | undefined> | undefined;

  async function draw(): Promise<void> {
    library ??= load('The curves', () => import('uplot'));
    const { default: Plot } = (await library) ?? {};
    if (!Plot) library = undefined; // asked for again after the next epoch
    if (!Plot || isGone) return;
    if (plot && isLog === look.peek().isLog) {
      plot.setData(dataOf(session.peek(), look.peek()));
      return;
    }
    // A scale's kind is of its making.
    isLog = look.peek().isLog;
    plot?.destroy();
    plot = new Plot(optionsOf(host, session, isLog), dataOf(session.peek(), look.peek()), host);
  }

  // Steps change the session many times a second, and no row of an epoch.
  const rows = computed(() => session.value.rows);
  const stop = effect(() => {
    look.value;
    if (rows.value.length > 0) void draw();
    else {
      plot?.destroy();
      plot = undefined;
    }
  });
  const watch = new ResizeObserver(() =>
    plot?.setSize({ width: host.clientWidth, height: host.clientHeight }),
  );
  watch.observe(host);
  // What is drawn has the colours of its time.
  const scheme = matchMedia('(prefers-color-scheme: dark)');
  const redraw = () => {
    plot?.destroy();
    plot = undefined;
    if (session.peek().rows.length > 0) void draw();
  };
  scheme.addEventListener('change', redraw);
  return () => {
    isGone = true;
    stop();
    watch.disconnect();
    scheme.removeEventListener('change', redraw);
    plot?.destroy();
  };
}

function dataOf({ rows, start }: Session, { curve, isSmooth }: CurveLook): uPlot.AlignedData {
  const { column = 'loss', validation = 'valLoss' } = start?.curves[curve] ?? {};
  const values = (name: string) => smooth(columnOf(rows, name), isSmooth ? SMOOTHED : 1);
  return [rows.map(({ epoch }) => epoch), values(column), values(validation)];
}

/** A colour of the page, as it is in an element. */
export const colorIn = (host: HTMLElement) => (name: string) =>
  getComputedStyle(host).getPropertyValue(name).trim();

/** What all curves over epochs have: their size, and axes in the page's colours. */
export function frameOf(
  host: HTMLElement,
): Pick<uPlot.Options, 'width' | 'height' | 'axes' | 'legend' | 'cursor'> {
  const color = colorIn(host);
  const axis = {
    stroke: color('--dim'),
    grid: { stroke: color('--line'), width: 1 },
    ticks: { show: false },
    font: `12px ${getComputedStyle(host).fontFamily}`,
  };
  return {
    width: host.clientWidth,
    height: host.clientHeight,
    axes: [
      { ...axis, size: 28, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] },
      { ...axis, size: 48 },
    ],
    legend: { show: false },
    cursor: { drag: { x: false, y: false } },
  };
}

function optionsOf(host: HTMLElement, session: ReadonlySignal<Session>, isLog: boolean): uPlot.Options {
  const color = colorIn(host);
  const line = { stroke: color('--accent'), width: 2, points: { show: session.peek().rows.length < 30 } };
  return {
    ...frameOf(host),
    scales: { x: { time: false }, y: { distr: isLog ? 3 : 1 } },
    series: [{}, { ...line, label: 'training' }, { ...line, label: 'validation', dash: [2, 4] }],
    hooks: { draw: [(plot) => drawMarks(plot, session.peek(), color('--beware'))] },
  };
}

/** A line down at each epoch where something happened. */
function drawMarks(plot: uPlot, session: Session, color: string): void {
  const { ctx: context } = plot;
  const { left, top, width, height } = plot.bbox;
  context.save();
  context.strokeStyle = color;
  context.setLineDash([4, 4]);
  for (const { epoch } of marksOf(session)) {
    const x = plot.valToPos(epoch, 'x', true);
    if (x < left || x > left + width) continue;
    context.beginPath();
    context.moveTo(x, top);
    context.lineTo(x, top + height);
    context.stroke();
  }
  context.restore();
}
