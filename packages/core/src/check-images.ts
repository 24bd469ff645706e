import { LatentkitError } from './error.ts';
import { type Examples, type ImageSet, type ImageShape, type LabelledPart, pixelCount } from './image.ts';

export interface ImageRules {
  /** What they are called in errors: `the train images`. */
  what?: string;
  /** Floats may be any finite numbers: for likelihoods that read data of a range of their own. */
  anyData?: boolean;
}

/**
 * Makes sure that examples are what their set says: a shape, a count, as many numbers, bytes or finite floats within [0, 1]
 * (or any, where `anyData`), labels and factors for each. Of examples that are not in memory, what is known of them.
 *
 * @throws `E_USAGE` for what is no set or no typed array; `E_SHAPE` for sizes that do not fit together; `E_RANGE`,
 * `E_NOT_FINITE` for numbers that cannot be, naming the first and what to do.
 */
export function checkExamples(where: string, set: Examples, rules: ImageRules = {}): void {
  const { what = 'images', anyData } = Object(rules) as ImageRules;
  checkLayout(where, set, what);
  if ('images' in set) checkPixels(`${where}: ${what}`, set.images, set.shape, { anyData });
}

/** As {@link checkExamples}, but for the pixels' values: what takes no time however many there are. */
export function checkLayout(where: string, set: Examples, what = 'images'): void {
  const given: unknown = set;
  if (typeof given !== 'object' || given === null || !('shape' in given) || !('count' in given)) {
    throw new LatentkitError(
      'E_USAGE',
      `${where}: expected ${what} as { shape, count, images }, got ${kindOf(given)}`,
      { fix: 'fromArrays makes such sets of arrays' },
    );
  }
  const { shape, count, labels, factors, labelled } = set;
  checkShape(where, shape);
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new LatentkitError(
      'E_RANGE',
      `${where}: the number of ${what} must be a whole number of at least 1, got ${count}`,
    );
  }
  if ('images' in set) checkNumbers(where, set, what);
  else if (typeof set.read !== 'function') {
    throw new LatentkitError('E_USAGE', `${where}: ${what} have neither images nor a read(indices)`);
  }
  if (labels !== undefined) checkLabelArray(where, labels, count, what);
  if (factors !== undefined && factors.values.length !== count * factors.names.length) {
    throw new LatentkitError(
      'E_SHAPE',
      `${where}: ${what}: expected ${factors.names.length} factors for each of ${count}, got ${factors.values.length} numbers`,
    );
  }
  if (labelled !== undefined) checkLabelled(where, labelled, count, what);
}

/** Refuses a labelled part that is not of a set: places that there are not, or none; a share that is none. */
function checkLabelled(where: string, labelled: LabelledPart, count: number, what: string): void {
  const { indices, share } = Object(labelled) as LabelledPart;
  if (!(indices instanceof Uint32Array)) {
    throw new LatentkitError(
      'E_USAGE',
      `${where}: labelled must be { indices, share } with places of ${what} in a Uint32Array`,
      { fix: 'labelSome of @latentkit/datasets makes it' },
    );
  }
  const beyond = indices.find((index) => index >= count);
  if (beyond !== undefined || new Set(indices).size < indices.length) {
    throw new LatentkitError(
      'E_RANGE',
      `${where}: labelled.indices must be places of the ${count} ${what}, each once, got ${beyond ?? 'one twice'}`,
    );
  }
  const least = indices.length / count;
  if (share >= least && share <= 1) return;
  throw new LatentkitError(
    'E_RANGE',
    `${where}: labelled.share must be from ${least}, the part of the ${what} that is labelled, to 1, got ${share}`,
  );
}

/** Refuses a shape without pixels. */
export function checkShape(where: string, shape: ImageShape): void {
  const { height, width, channels } = Object(shape) as ImageShape;
  if ([height, width, channels].every((size) => Number.isSafeInteger(size) && size > 0)) return;
  throw new LatentkitError(
    'E_SHAPE',
    `${where}: height, width and channels must be whole numbers >= 1, got ${height}, ${width}, ${channels}`,
  );
}

function checkNumbers(where: string, { shape, count, images }: ImageSet, what: string): void {
  requireImageArray(where, images, what);
  const wanted = count * pixelCount(shape);
  if (images.length === wanted) return;
  throw new LatentkitError(
    'E_SHAPE',
    `${where}: ${count} ${what} of ${describeShape(shape)} are ${wanted} numbers, got ${images.length}`,
  );
}

/** Refuses what is neither bytes nor float32. */
export function requireImageArray(where: string, images: unknown, what = 'images'): void {
  if (images instanceof Uint8Array || images instanceof Float32Array) return;
  throw new LatentkitError(
    'E_USAGE',
    `${where}: ${what} must be a Uint8Array (0 to 255) or a Float32Array, got ${kindOf(images)}`,
    {
      fix: 'Float32Array.from(...) makes floats of other numbers, new Uint8Array(...) bytes of an ArrayBuffer',
    },
  );
}

/** Refuses labels that are not one whole number an example. */
export function checkLabelArray(where: string, labels: unknown, count: number, what = 'images'): void {
  if (!(labels instanceof Uint8Array || labels instanceof Uint16Array || labels instanceof Uint32Array)) {
    throw new LatentkitError(
      'E_USAGE',
      `${where}: labels of ${what} must be a Uint8Array, Uint16Array or Uint32Array, got ${kindOf(labels)}`,
    );
  }
  if (labels.length === count) return;
  throw new LatentkitError(
    'E_SHAPE',
    `${where}: expected a label for each of ${count} ${what}, got ${labels.length}`,
  );
}

/**
 * Refuses pixels that are none: NaN, infinities, and floats outside [0, 1] unless any data will do.
 *
 * @throws `E_NOT_FINITE`, `E_RANGE` naming the first, and the reason that all of them together suggest.
 */
export function checkPixels(
  where: string,
  images: Uint8Array | Float32Array,
  shape: ImageShape,
  { anyData = false }: Pick<ImageRules, 'anyData'> = {},
): void {
  if (images instanceof Uint8Array) return;
  const most = anyData ? 3.4028234663852886e38 : 1; // the largest float32
  const bad = findOutside(images, anyData ? -most : 0, most);
  if (bad < 0) return;
  const { height, width, channels } = shape;
  const value = images[bad]!;
  const inImage = bad % (height * width * channels);
  const image = Math.floor(bad / (height * width * channels));
  const row = Math.floor(inImage / (width * channels));
  const column = Math.floor(inImage / channels) % width;
  const place = `index ${bad} (image ${image}, row ${row}, column ${column})`;
  if (!Number.isFinite(value)) {
    throw new LatentkitError('E_NOT_FINITE', `${where}: expected finite pixels, got ${value} at ${place}`);
  }
  throw new LatentkitError(
    'E_RANGE',
    `${where}: expected float pixels within [0, 1], got ${value} at ${place}`,
    { fix: howToScale(images, shape) },
  );
}

/** A loop of its own: `findIndex` with a callback takes ten times as long. */
function findOutside(numbers: Float32Array, low: number, high: number): number {
  for (let i = 0; i < numbers.length; i++) if (!(numbers[i]! >= low && numbers[i]! <= high)) return i;
  return -1;
}

/** What all numbers together say of why they leave [0, 1]. */
function howToScale(numbers: Float32Array, { height, channels }: ImageShape): string {
  let [low, high, areWhole] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, true];
  for (const value of numbers) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
    areWhole &&= Number.isInteger(value);
  }
  const isTable = height === 1 && channels === 1;
  if (low >= -1e-5 && high <= 1 + 1e-5) return 'These are rounding errors: clip them to [0, 1].';
  if (!isTable && low >= 0 && high <= 255 && (areWhole || high > 127)) {
    return "Divide by 255, or pass the bytes themselves as a Uint8Array (in NumPy: numpy.save('images.npy', images.astype('uint8'))).";
  }
  if (!isTable && low >= -1 && high <= 1) return 'Scale them to [0, 1]; from [-1, 1], that is (x + 1) / 2.';
  return (
    `They go from ${round(low)} to ${round(high)}: scale them to [0, 1], or let a likelihood with output 'linear' ` +
    '(gaussian, squaredError, absoluteError) read them as they are.'
  );
}

const round = (value: number) => Number(value.toPrecision(4));

/** `28 x 28 x 1`. */
export function describeShape({ height, width, channels }: ImageShape): string {
  return `${height} x ${width} x ${channels}`;
}

/** `Float32Array`, `Array`, `Null`: what a value is, for a message. */
function kindOf(value: unknown): string {
  const kind = Object.prototype.toString.call(value).slice(8, -1);
  const own = (globalThis as Record<string, unknown>)[kind];
  const isForeign = ArrayBuffer.isView(value) && typeof own === 'function' && !(value instanceof own);
  return isForeign ? `one of another frame or context (new ${kind}(...) copies it)` : kind;
}
