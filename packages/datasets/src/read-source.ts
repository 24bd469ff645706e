import {
  type Batch,
  checkLabelArray,
  checkPixels,
  describeShape,
  type ImageSource,
  type Labels,
  LatentkitError,
  pixelCount,
  requireImageArray,
  shorten,
} from '@latentkit/core';
import { isPromise, takeRows } from './take-images.ts';

/** What a source has read, looked at. */
export interface ReadExamples {
  readonly images: Uint8Array | Float32Array;
  readonly labels?: Labels;
}

/**
 * Reads some examples of a source and makes something of them; at once where the source answers at once.
 *
 * @throws `E_USAGE`, `E_SHAPE`, `E_RANGE`, `E_NOT_FINITE` where what was read is not what was asked for.
 */
export function readSource<Result>(
  source: ImageSource,
  indices: Uint32Array,
  rules: { anyData: boolean },
  use: (examples: ReadExamples) => Result,
): Result | Promise<Result> {
  // A copy: a source may sort the indices it was given.
  const read = asErrors(() => source.read(indices.slice()));
  const check = (batch: Batch<Uint8Array | Float32Array>) => use(checkRead(source, indices, batch, rules));
  return isPromise(read) ? Promise.resolve(read).then(check, throwError) : check(read);
}

function asErrors<Value>(call: () => Value): Value {
  try {
    return call();
  } catch (thrown) {
    return throwError(thrown);
  }
}

/** Throws what a source has thrown: an error as it is, anything else (a string, null) as one that says where it comes from. */
function throwError(thrown: unknown): never {
  if (thrown instanceof Error) throw thrown;
  throw new LatentkitError('E_IO', `read: the source failed with ${shorten(String(thrown))}`, {
    cause: thrown,
  });
}

function checkRead(
  { shape, labels: known }: ImageSource,
  indices: Uint32Array,
  batch: Batch<Uint8Array | Float32Array>,
  { anyData }: { anyData: boolean },
): ReadExamples {
  const { size, x, labels } = Object(batch) as typeof batch;
  const { data } = Object(x) as typeof x;
  requireImageArray('read', data, 'x.data');
  const wanted = indices.length * pixelCount(shape);
  if (size !== indices.length || data.length !== wanted) {
    throw new LatentkitError(
      'E_SHAPE',
      `read: ${indices.length} images of ${describeShape(shape)} were asked for, ${wanted} numbers; got ${data.length} of ${size} images`,
    );
  }
  checkPixels('read', data, shape, { anyData });
  if (labels === undefined) {
    return { images: data, ...(known && { labels: takeRows(known, indices, 1) }) };
  }
  checkLabelArray('read', labels, indices.length);
  return { images: data, labels };
}
