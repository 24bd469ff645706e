import { LatentkitError, type NamedArrays, sizeOfShape, type UpdateRule } from '@latentkit/core';

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

type Shapes = Readonly<Record<string, readonly number[]>>;

/** Throws `E_USAGE` where a moved parameter lacks a slot of the rule, `E_SHAPE` where one is of another size. */
export function requireSlots(
  rule: UpdateRule,
  moved: readonly string[],
  { parameters, slots }: { parameters: Shapes; slots: Shapes },
): void {
  for (const name of moved) {
    const parameter = parameters[name];
    if (!parameter) continue; // told with the gradient that nothing awaits
    for (const slot of rule.slots) {
      const own = slots[`${name}/${slot}`];
      if (!own)
        throw new LatentkitError('E_USAGE', `accelerator: ${rule.name} needs a slot '${name}/${slot}'`);
      const [got, expected] = [sizeOfShape(own), sizeOfShape(parameter)];
      if (got === expected) continue;
      throw new LatentkitError(
        'E_SHAPE',
        `accelerator: slot '${name}/${slot}' has ${got} numbers, but its parameter ${expected}`,
      );
    }
  }
}

/** Throws `E_USAGE` for arrays that a session does not have, `E_SHAPE` for those that it has in another shape. */
export function requireKnown(arrays: NamedArrays, shapes: Shapes): void {
  requireFilled(arrays);
  for (const [name, { shape }] of Object.entries(arrays)) {
    const own = shapes[name];
    if (!own) throw new LatentkitError('E_USAGE', `accelerator: this session has no '${name}' to write to`);
    if (String(own) === String(shape)) continue;
    throw new LatentkitError(
      'E_SHAPE',
      `accelerator: '${name}' is [${own.join(', ')}], got [${shape.join(', ')}]`,
    );
  }
}

/**
 * The first dimension that all inputs share; 1 for a program of the weights alone. Throws `E_SHAPE` where they differ, or have
 * no examples.
 */
export function batchOf(inputs: Shapes): number {
  if (Object.keys(inputs).length === 0) return 1;
  const batches = new Set(Object.values(inputs).map(([batch]) => batch));
  const [batch] = batches;
  if (batches.size === 1 && batch !== undefined && batch > 0) return batch;
  const got = Object.entries(inputs).map(([name, shape]) => `${name} [${shape.join(', ')}]`);
  throw new LatentkitError(
    'E_SHAPE',
    `accelerator: every input's first dimension must be the batch, got ${got.join(', ')}`,
  );
}
