import { LatentkitError } from '@latentkit/core';
import { checkOptions, checkValue, type OptionRules, objectRule, textRule } from '@latentkit/core/options';
import type { ModelSpec } from '@latentkit/models';
import { inferSpec } from '../foreign/infer-spec.ts';
import { matchWeights } from '../foreign/match-weights.ts';
import { widenKernels } from '../foreign/widen-kernels.ts';
import type { ImportedModel } from '../model-to-export.ts';
import { findLayers } from './find-layers.ts';
import { readStateDict } from './state-dict.ts';

export interface ImportStateDictOptions {
  /** What model the weights are of; else it is told from their shapes. */
  spec?: ModelSpec;
  /** The file's name, for messages. */
  name?: string;
}

const RULES: OptionRules<ImportStateDictOptions> = { spec: objectRule, name: textRule };

/**
 * A model from a `state_dict` of PyTorch: a `.pt` or `.pth` of `torch.save(model.state_dict(), path)`, a checkpoint that holds one, or
 * safetensors.
 *
 * Encoder and decoder are told apart by the names of their layers (`encoder`, `decoder`), or by the two that give mean and log variance
 * (`mu`, `logvar`, `fc21`, `fc22`, ...); what was found, and what had to be guessed, is a sentence in `notes`. A pickle is never run.
 *
 * Convolutions are taken for padded alike on both sides, as PyTorch's are, by half their kernels. Where Latentkit's would lie elsewhere, as those of 3
 * pixels with stride 2, they come as larger ones with zeros; with a `spec`, which says how large they are, they are refused.
 *
 * @throws `E_FORMAT` for damaged files, a pickle that asks for anything but tensors, and naming what no model of Latentkit has; `E_LIMIT`
 * beyond the limits of `parseTorch`; `E_NOT_FINITE` for numbers that are none; `E_CONFIG` for a spec that makes no model.
 * @example
 * const { spec, weights, notes } = await importStateDict(await readFile('vae.pt'));
 * @see https://github.com/pytorch/examples/blob/main/vae/main.py
 */
export async function importStateDict(
  file: Uint8Array,
  options: ImportStateDictOptions = {},
): Promise<ImportedModel> {
  checkValue('importStateDict', 'file', file, objectRule);
  checkOptions('importStateDict', options, RULES);
  const { name = 'importStateDict' } = options;
  const dict = await named(name, () => readStateDict(file, name));
  const found = findLayers(name, dict);
  const told = options.spec ? { spec: options.spec, notes: [] } : inferSpec(name, found);
  const { network, spec, notes } = options.spec
    ? { network: found, spec: options.spec, notes: [] }
    : widenKernels(found, told.spec);
  const matched = matchWeights(name, spec, network);
  return {
    ...{ spec, weights: matched.weights, epoch: dict.epoch },
    notes: [...dict.notes, ...told.notes, ...notes, ...matched.notes],
  };
}

async function named<Result>(name: string, read: () => Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (cause) {
    if (!(cause instanceof LatentkitError)) throw cause;
    throw new LatentkitError(cause.code, `${name}: ${cause.message}`, { cause });
  }
}
