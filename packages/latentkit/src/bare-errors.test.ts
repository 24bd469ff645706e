import { expect, it } from 'vitest';
import * as latentkit from './index.ts';
import * as node from './node.ts';

/** What a slip hands over: a value that was never filled in, or one of another kind. */
const SLIPS: readonly unknown[] = [undefined, null, {}, [], 'x', -1, Number.NaN, 1e12, () => {}];

/** Inner loops, which take what their callers have looked at: a check would cost more than they do. */
const UNCHECKED = [
  ...['describeShape', 'drawNoise', 'handleOf', 'noiseArrays', 'normalRows', 'pixelCount', 'pixelsToFloats'],
  ...['checkPixels', 'didYouMean', 'findNotFinite', 'philox4x32', 'shorten', 'sizeOfShape', 'spreadPixels'],
  ...['applyRule', 'brokenModelRule', 'changesOf', 'lossOf', 'weightColumnOf', 'weightOf'],
  ...['isOutOfPatience', 'rowOf', 'scaledLearningRate', 'termColumns', 'validationColumn'],
];

// Without options, or with none in them, these start, draw or download.
const MAY_BE_CALLED_SO = [
  'startWasmBackend',
  'createAccelerator',
  'digitsDataset',
  'shapesDataset',
  'loadMnist',
  'loadFashionMnist',
];

// Text is a path to these, where they would write.
const WRITE = ['createRunDirectory', 'makeFolders', 'writeProjections'];

const functions = Object.entries({ ...latentkit, ...node }).filter(
  (entry): entry is [string, (...given: unknown[]) => unknown] =>
    typeof entry[1] === 'function' && !/^[A-Z]/.test(entry[0]) && !UNCHECKED.includes(entry[0]),
);

const isEmpty = (slip: unknown) => typeof slip === 'object' && slip !== null && !Array.isArray(slip);

/** What a call throws or its promise, or its first event, rejects with. */
async function thrownBy(call: () => unknown): Promise<unknown> {
  try {
    const value = (await call()) as Partial<AsyncGenerator> | undefined;
    await value?.next?.();
    return undefined;
  } catch (error) {
    return error ?? 'nothing';
  }
}

it.each(functions)('%s answers a slip with a LatentkitError or a value', async (name, call) => {
  for (const slip of SLIPS) {
    if ((slip === undefined || isEmpty(slip)) && MAY_BE_CALLED_SO.includes(name)) continue;
    if (slip === 'x' && WRITE.includes(name)) continue;
    for (const given of [[slip], [slip, slip], [slip, slip, slip]]) {
      const thrown = await thrownBy(() => call(...given));
      if (thrown === undefined) continue;
      expect(thrown, `${name}(${given.map(String).join(', ')})`).toBeInstanceOf(latentkit.LatentkitError);
    }
  }
});
