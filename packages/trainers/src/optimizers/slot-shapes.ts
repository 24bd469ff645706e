import type { ParameterShapes } from '@latentkit/models';
import type { Optimizer } from './optimizer.ts';

/** The shapes of an optimizer's memory, by `<parameter>/<slot>`. */
export function slotShapes(optimizer: Optimizer, shapes: ParameterShapes): ParameterShapes {
  return Object.fromEntries(
    Object.entries(shapes).flatMap(([name, shape]) =>
      optimizer.slots.map((slot) => [`${name}/${slot}`, shape]),
    ),
  );
}
