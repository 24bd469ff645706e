import { LatentkitError } from '@latentkit/core';
import type { ConvSpec, MlpSpec, ModelSpec } from './model-spec.ts';

/**
 * Throws `E_CONFIG` naming the first field of a spec that makes no model: sizes that are no whole numbers of at least 1.
 */
export function checkSpec(spec: ModelSpec): void {
  checkSize('image.height', spec.image.height);
  checkSize('image.width', spec.image.width);
  checkSize('image.channels', spec.image.channels);
  checkSize('latentDim', spec.latentDim);
  checkPart('encoder', spec.encoder);
  checkPart('decoder', spec.decoder);
}

function checkPart(name: string, part: MlpSpec | ConvSpec): void {
  part.hidden?.forEach((units, i) => checkSize(`${name}.hidden[${i}]`, units));
  if (part.type === 'mlp') return;
  if (part.filters.length === 0) {
    throw new LatentkitError('E_CONFIG', `model: ${name}.filters must name at least one convolution`, {
      fix: "Give filters, or use type 'mlp'",
    });
  }
  part.filters.forEach((units, i) => checkSize(`${name}.filters[${i}]`, units));
  checkSize(`${name}.kernelSize`, part.kernelSize ?? 1);
  checkSize(`${name}.stride`, part.stride ?? 1);
}

function checkSize(field: string, value: number): void {
  if (Number.isSafeInteger(value) && value >= 1) return;
  throw new LatentkitError('E_CONFIG', `model: ${field} must be a whole number of at least 1, got ${value}`);
}
