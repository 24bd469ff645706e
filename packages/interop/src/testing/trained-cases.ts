import type { NamedArrays } from '@latentkit/core';
import { createModel, type ModelSpec } from '@latentkit/models';
import { CASES } from '../../scripts/cases.js';

/** Models that an export must hold for, each with weights that are all different. */
export const trainedCases = Object.entries(CASES as unknown as Record<string, ModelSpec>).map(
  ([name, spec]) => {
    const weights: NamedArrays = createModel(spec).initialize(7);
    let next = 0;
    for (const { data } of Object.values(weights))
      for (let i = 0; i < data.length; i++) data[i] = (next++ % 8191) / 8192;
    return { name, spec, weights };
  },
);

/** One of them. */
export const caseOf = (wanted: string) => trainedCases.find(({ name }) => name === wanted)!;
