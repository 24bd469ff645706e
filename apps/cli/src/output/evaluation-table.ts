import {
  type ClassMetrics,
  METRICS,
  type Metric,
  type MetricEvent,
  type MetricRow,
} from '@latentkit/evaluation';
import { thingsOf } from '@latentkit/experiment';
import type { EvaluatedImages, RunEvaluation } from '@latentkit/experiment/node';
import {
  formatCount,
  formatTable,
  paint,
  printable,
  type TableColumn,
  talk,
  wrapText,
} from '@latentkit/terminal';

const WIDE = 200; // where nobody says how wide the terminal is

const widthOf = () => process.stdout.columns ?? WIDE;

const LIST_COLUMNS: readonly TableColumn<Metric>[] = [
  { title: 'name', align: 'left', cell: ({ name }) => name },
  { title: 'measures', align: 'left', cell: ({ title }) => title },
  { title: 'by default', align: 'left', expendable: 2, cell: ({ byDefault }) => (byDefault ? 'yes' : '') },
  { title: 'source', align: 'left', expendable: 1, cell: ({ source = '' }) => source },
];

/** What can be measured, on stdout. */
export function listMetrics(): void {
  print(formatTable(METRICS, LIST_COLUMNS, { width: widthOf() }), { isTitled: true });
}

/** What images are looked at, a headline on stderr. */
export function showEvaluated({ epoch, images, of, available }: EvaluatedImages): void {
  const which = images === available ? formatCount(images) : firstOf(images);
  talk(`Epoch ${epoch}, on ${which} ${printable(of)}\n`);
}

const firstOf = (images: number) => (images === 1 ? 'the first of the' : `the first ${formatCount(images)}`);

/** The rows of a metric, on stdout: one below the other, whichever comes next; a word where one that was named has none. */
export function showMetric({ metric, rows, seconds }: MetricEvent, { isNamed }: { isNamed: boolean }): void {
  const width = widthOf();
  if (rows.length === 0 && isNamed) talk(`${metric.title}: nothing that other metrics do not tell`);
  for (const [i, row] of rows.entries()) {
    const timed = { ...row, seconds: i === 0 ? seconds : undefined };
    const [line = ''] = formatTable([timed], METRIC_COLUMNS, { width });
    const begin = Math.max(BESIDE, line.length + 2); // a long unit takes more room
    const isBeside = begin + row.convention.length <= width;
    print([isBeside ? `${line.padEnd(begin)}${row.convention}` : line], { isTitled: false });
    if (!isBeside)
      print([paint('dim', wrapText(`  ${row.convention}`, width), process.stdout)], { isTitled: false });
    const told = Object.entries(row.parts ?? {}).map(([name, value]) => `${name} ${value.toFixed(2)}`);
    if (told.length > 0) print([wrapText(`  ${told.join(', ')}`, width)], { isTitled: false });
  }
}

/** What comes after the metrics: the same by class on stdout, and on stderr what was not measured, and why. */
export function showRest(evaluation: RunEvaluation): void {
  const { metrics, classes, missing = [] } = evaluation;
  const isByClass = metrics.some(({ name }) => classes?.[0]?.values[name] !== undefined);
  if (classes && classes.length > 1 && isByClass) {
    process.stdout.write('\n');
    print(formatTable(classes, classColumns(evaluation), { width: widthOf() }), { isTitled: true });
  }
  if (missing.length === 0) return;
  talk('\nNot measured:');
  for (const { name, why } of missing) talk(`  ${name}: ${printable(why)}`);
}

function print(lines: readonly string[], { isTitled }: { isTitled: boolean }): void {
  lines.forEach((line, i) => {
    process.stdout.write(`${isTitled && i === 0 ? paint('dim', line, process.stdout) : line}\n`);
  });
}

interface TimedRow extends MetricRow {
  readonly seconds: number | undefined;
}

const METRIC_COLUMNS: readonly TableColumn<TimedRow>[] = [
  { title: '', align: 'left', least: 28, cell: ({ title }) => title },
  { title: '', least: 10, cell: ({ value, error }) => formatMeasured(value, error) },
  {
    ...{ title: '', align: 'left', least: 9 },
    cell: ({ error }) => (error === undefined ? '' : `± ${formatError(error)}`),
  },
  { title: '', align: 'left', least: 8, expendable: 1, cell: ({ unit }) => unit },
  {
    ...{ title: '', least: 7, expendable: 3 },
    cell: ({ seconds }) => (seconds === undefined ? '' : `${seconds.toFixed(1)} s`),
  },
];
/** Where conventions begin, if there is room beside the numbers. */
const BESIDE = 76;

/** The columns that go first are those whose sum another one is, or that say the same in another unit. */
const EXPENDABLE: Readonly<Record<string, number>> = {
  ...{ negativeElbo: 0, mse: 0, loss: 1, kl: 2, reconstruction: 3, squaredError: 4 },
};
const OTHERS = 5;
const SHORT: Readonly<Record<string, string>> = {
  negativeElbo: 'neg. ELBO',
  loss: 'loss',
  reconstruction: 'reconstruction',
  kl: 'KL',
  squaredError: 'squared error',
};

function classColumns({ metrics, classes = [] }: RunEvaluation): TableColumn<ClassMetrics>[] {
  return [
    {
      title: 'class',
      align: classes.some(({ name }) => name !== undefined) ? 'left' : 'right',
      cell: ({ label, name }) => (label === -1 ? 'none' : (name ?? String(label))),
    },
    { title: thingsOf({ metrics }), cell: ({ images }) => formatCount(images) },
    ...metrics
      .filter(({ name }) => classes[0]?.values[name] !== undefined)
      .map(({ name, title, unit, error }) => ({
        title: name === 'mse' ? `MSE ${unit}` : (SHORT[name] ?? title),
        expendable: EXPENDABLE[name] ?? OTHERS,
        cell: ({ values }: ClassMetrics) => formatMeasured(values[name]!, error),
      })),
  ];
}

/** With two digits of its standard error. */
function formatMeasured(value: number, error: number | undefined): string {
  return value.toFixed(decimalsOf(error));
}

function formatError(error: number): string {
  return error.toFixed(decimalsOf(error));
}

const MOST_DECIMALS = 8;

function decimalsOf(error = 0.001): number {
  if (!(error > 0)) return 2;
  return Math.min(MOST_DECIMALS, Math.max(0, 1 - Math.floor(Math.log10(error))));
}
