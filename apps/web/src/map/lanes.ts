/** The height of all lanes together, of what codes take along the axis; of the least, where all lie in one place. */
const HEIGHT = 0.75;
const LEAST_WIDTH = 4;
/** Of a lane its class fills so much where it is densest. */
const FILL = 0.88;
const BINS = 96;
/** Bins are smoothed so often, each by its two neighbours: about a fortieth of the axis. */
const SMOOTHED = 12;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * Places above an axis for codes of one number, so that dots do not lie on one another: a lane for each class, the first on top, in which
 * dots are spread as far as the class is dense there.
 *
 * @param values along the axis, [n].
 * @param labels of the classes, [n]; without them there is one lane.
 * @see Sidiropoulos et al.: "SinaPlot" (2018)
 */
export function lanesOf(values: Float32Array, labels?: Uint8Array): Float32Array {
  const classes = 1 + (labels?.reduce((most, label) => Math.max(most, label), 0) ?? 0);
  const [least, most] = reachOf(values);
  const height = (HEIGHT * Math.max(most - least, LEAST_WIDTH)) / Math.max(classes, 2);
  const binOf = (value: number) =>
    Math.min(Math.max(Math.floor(((value - least) / (most - least || 1)) * BINS), 0), BINS - 1);
  const bins = Array.from({ length: classes }, () => new Float64Array(BINS));
  for (let row = 0; row < values.length; row++) bins[labels?.[row] ?? 0]![binOf(values[row]!)]! += 1;
  const widths = bins.map((counts) => {
    const smooth = smoothed(counts);
    const densest = Math.max(...smooth) || 1;
    return smooth.map((count) => count / densest);
  });
  return Float32Array.from(values, (value, row) => {
    const label = labels?.[row] ?? 0;
    const middle = (classes - label - 0.5) * height;
    // In even steps by row: a dot keeps its place in its lane while the network learns.
    const aside = ((row * GOLDEN) % 1) - 0.5;
    return middle + aside * FILL * height * widths[label]![binOf(value)]!;
  });
}

function reachOf(values: Float32Array): [number, number] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return [least, most];
}

function smoothed(counts: Float64Array): Float64Array {
  let now = counts;
  for (let round = 0; round < SMOOTHED; round++) {
    const before = now;
    now = before.map((count, i) => ((before[i - 1] ?? 0) + 2 * count + (before[i + 1] ?? 0)) / 4);
  }
  return now;
}
