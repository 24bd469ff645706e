import {
  type AcceleratedState,
  LatentkitError,
  type NamedArrays,
  type NdArray,
  sizeOfShape,
  type UpdateRule,
} from '@latentkit/core';

/** Throws `E_SHAPE` where an array's numbers do not fill its shape. */
export function requireFilled(arrays: NamedArrays): void {
  for (const [name, { data, shape }] of Object.entries(arrays)) {
    if (data.length === sizeOfShape(shape)) continue;
    throw new LatentkitError(
      'E_SHAPE',
      `accelerator: '${name}' has ${data.length} numbers, but its shape is [${shape.join(', ')}]`,
    );
  }
}

/** Throws `E_USAGE` where a parameter lacks a slot of the rule, `E_SHAPE` where one is of another size. */
export function requireSlots({ parameters, slots }: AcceleratedState, rule: UpdateRule | undefined): void {
  for (const [name, { data }] of Object.entries(parameters)) {
    for (const slot of rule?.slots ?? []) {
      const own = slots[`${name}/${slot}`];
      if (!own) {
        throw new LatentkitError('E_USAGE', `accelerator: ${rule!.name} needs a slot '${name}/${slot}'`);
      }
      if (own.data.length === data.length) continue;
      throw new LatentkitError(
        'E_SHAPE',
        `accelerator: slot '${name}/${slot}' has ${own.data.length} numbers, but its parameter ${data.length}`,
      );
    }
  }
}

/** The first dimension that all inputs share. Throws `E_SHAPE` where they do not, or have no examples. */
export function batchOf(inputs: Readonly<Record<string, NdArray>>): number {
  const batches = new Set(Object.values(inputs).map(({ shape }) => shape[0]));
  const [batch] = batches;
  if (batches.size === 1 && batch !== undefined && batch > 0) return batch;
  const got = Object.entries(inputs).map(([name, { shape }]) => `${name} [${shape.join(', ')}]`);
  throw new LatentkitError(
    'E_SHAPE',
    `accelerator: every input's first dimension must be the batch, got ${got.join(', ') || 'no inputs'}`,
  );
}
