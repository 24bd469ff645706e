import { type ClassMetrics, type MetricRow, thingsOf } from '@latentkit/experiment';
import type { RunEvaluation } from '@latentkit/experiment/node';
import { formatCount, formatTable, paint, printable, type TableColumn, talk } from '@latentkit/terminal';

const WIDE = 200; // where nobody says how wide the terminal is

/** What was measured, as two tables on stdout: of all images, and by class. */
export function showEvaluation(evaluation: RunEvaluation): void {
  const { epoch, images, of, available, samples, metrics, classes } = evaluation;
  const width = process.stdout.columns ?? WIDE;
  const isDrawn = metrics.some(({ name }) => name === 'kl'); // the code of a plain autoencoder is a point
  const drawn = isDrawn ? `, ${samples} latent sample${samples === 1 ? '' : 's'} each` : '';
  const first = images < available ? 'the first ' : '';
  talk(`Epoch ${epoch}, on ${first}${formatCount(images)} ${printable(of)}${drawn}\n`);
  print(formatTable(metrics, METRIC_COLUMNS, { width }), { isTitled: false });
  if (!classes || classes.length < 2) return;
  process.stdout.write('\n');
  print(formatTable(classes, classColumns(evaluation), { width }), { isTitled: true });
}

function print(lines: readonly string[], { isTitled }: { isTitled: boolean }): void {
  lines.forEach((line, i) => {
    process.stdout.write(`${isTitled && i === 0 ? paint('dim', line, process.stdout) : line}\n`);
  });
}

const METRIC_COLUMNS: readonly TableColumn<MetricRow>[] = [
  { title: '', align: 'left', cell: ({ title }) => title },
  { title: '', cell: ({ value, error }) => formatMeasured(value, error) },
  { title: '', align: 'left', cell: ({ error }) => (error === undefined ? '' : `± ${formatError(error)}`) },
  { title: '', align: 'left', expendable: 1, cell: ({ unit }) => unit },
  { title: '', align: 'left', expendable: 2, cell: ({ convention }) => convention },
];

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
