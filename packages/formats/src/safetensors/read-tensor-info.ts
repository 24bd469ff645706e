import { LatentkitError, shorten } from '@latentkit/core';
import { countElements } from '../arrays/count-elements.ts';
import { type StoredType, storedBytes } from '../arrays/stored-numbers.ts';
import { SAFETENSORS_TYPES, type SafetensorsType } from './safetensors-type.ts';

export interface TensorInfo {
  name: string;
  dtype: SafetensorsType;
  type: StoredType;
  shape: number[];
  count: number;
  begin: number;
  end: number;
}

/** Checks one tensor's header entry on its own: known type, sane shape, and offsets that hold just its numbers. */
export function readTensorInfo(name: string, entry: unknown, maxElements: number): TensorInfo {
  const where = `parseSafetensors: tensor '${shorten(name)}'`;
  const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Record<string, unknown>;
  const type = typeof dtype === 'string' ? SAFETENSORS_TYPES.get(dtype) : undefined;
  if (type === undefined) {
    throw new LatentkitError(
      'E_FORMAT',
      `${where}: expected a dtype of ${[...SAFETENSORS_TYPES.keys()].join(', ')}, got ${show(dtype)}`,
    );
  }
  if (!isListOfNumbers(shape) || !isListOfNumbers(offsets) || offsets.length !== 2) {
    throw new LatentkitError(
      'E_FORMAT',
      `${where}: expected a shape and two data_offsets, got ${show(shape)} and ${show(offsets)}`,
    );
  }
  const count = countElements(where, shape, maxElements);
  const [begin, end] = offsets as [number, number];
  const needed = count * storedBytes(type);
  if (!Number.isSafeInteger(begin) || begin < 0 || end - begin !== needed) {
    throw new LatentkitError(
      'E_FORMAT',
      `${where}: ${dtype} of shape [${shape.join(', ')}] needs ${needed} bytes, got the offsets ${begin} to ${end}`,
    );
  }
  return { name, dtype: dtype as SafetensorsType, type, shape, count, begin, end };
}

function isListOfNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'number');
}

function show(value: unknown): string {
  return shorten(String(JSON.stringify(value)));
}
