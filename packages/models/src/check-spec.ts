import { didYouMean, LatentkitError } from '@latentkit/core';
import type { Activation, ConvSpec, MlpSpec, ModelSpec } from './model-spec.ts';

const KINDS: readonly ModelSpec['kind'][] = ['vae', 'autoencoder'];
const TYPES: readonly (MlpSpec | ConvSpec)['type'][] = ['mlp', 'conv'];
const ACTIVATIONS: readonly Activation[] = ['linear', 'relu', 'leakyRelu', 'tanh'];

/**
 * Makes sure that a spec, which may come from JSON or untyped code, makes a model.
 *
 * @throws `E_CONFIG` naming the first size that is no whole number of at least 1, or what is missing; `E_UNKNOWN_NAME`
 * for a kind, type or activation that does not exist.
 */
export function checkSpec(spec: ModelSpec): void {
  checkName('kind', spec.kind, KINDS);
  checkSize('image.height', spec.image?.height);
  checkSize('image.width', spec.image?.width);
  checkSize('image.channels', spec.image?.channels);
  checkSize('latentDim', spec.latentDim);
  checkPart('encoder', spec.encoder);
  checkPart('decoder', spec.decoder);
  checkName('latentActivation', spec.latentActivation ?? 'linear', ACTIVATIONS);
  if (spec.kind === 'vae' && spec.latentActivation !== undefined) {
    throw new LatentkitError('E_CONFIG', "model: latentActivation is for kind 'autoencoder'", {
      fix: 'Leave it out: a mean and a log variance may be any numbers',
    });
  }
}

function checkPart(name: string, part: MlpSpec | ConvSpec): void {
  checkName(`${name}.type`, part?.type, TYPES);
  checkName(`${name}.activation`, part.activation, ACTIVATIONS);
  checkSizes(`${name}.hidden`, part.hidden ?? []);
  if (part.type === 'mlp') return;
  checkSizes(`${name}.filters`, part.filters);
  if (part.filters.length === 0) {
    throw new LatentkitError('E_CONFIG', `model: ${name}.filters must name at least one convolution`, {
      fix: "Give filters, or use type 'mlp'",
    });
  }
  checkSize(`${name}.kernelSize`, part.kernelSize ?? 1);
  checkSize(`${name}.stride`, part.stride ?? 1);
}

function checkSizes(field: string, sizes: readonly number[]): void {
  if (!Array.isArray(sizes)) {
    throw new LatentkitError('E_CONFIG', `model: ${field} must be a list of sizes, got ${sizes}`);
  }
  for (const [i, size] of sizes.entries()) checkSize(`${field}[${i}]`, size);
}

function checkSize(field: string, value: number | undefined): void {
  if (Number.isSafeInteger(value) && value! >= 1) return;
  throw new LatentkitError('E_CONFIG', `model: ${field} must be a whole number of at least 1, got ${value}`);
}

function checkName(field: string, name: string, known: readonly string[]): void {
  if (known.includes(name)) return;
  const fix = didYouMean(String(name), known);
  throw new LatentkitError('E_UNKNOWN_NAME', `model: there is no ${field} '${name}'`, { fix });
}
