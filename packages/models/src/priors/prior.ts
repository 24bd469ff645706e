import type { Density, PassContext } from '../pass.ts';

/** Where a model's codes come from before any image is seen. */
export interface Prior {
  readonly type: string;
  /** Its density, under the parameters of a pass. */
  density(context: Pick<PassContext, 'parameters'>): Density;
}
