import type { ParameterShapes } from '@latentkit/models';
import type { Optimizer } from './optimizer.ts';

/** The shapes of an optimizer's memory of some parameters, by `<parameter>/<slot>`. */
export function slotShapes({ rule: { slots } }: Optimizer, shapes: ParameterShapes): ParameterShapes {
  return Object.fromEntries(
    Object.entries(shapes).flatMap(([name, shape]) => slots.map((slot) => [`${name}/${slot}`, shape])),
  );
}
