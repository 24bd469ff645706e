import { type OptionRule, oneOf } from '@latentkit/core/options';

/** Where a map begins: one of some names, or places of one's own, whose numbers somebody else looks at. */
export function startRule(...names: readonly string[]): OptionRule {
  const { be, fits } = oneOf(...names);
  return {
    be: `${be} or a Float32Array of places`,
    code: 'E_UNKNOWN_NAME',
    fits: (value) => fits(value) || Object.prototype.toString.call(value) === '[object Float32Array]',
  };
}
