import type { NamedArrays } from '@latentkit/core';
import { createModel, type ModelSpec } from '@latentkit/models';
import { CASES, RESIDUAL_CASES } from '../../scripts/cases.js';

/** Models with weights that are all different. */
const trained = (cases: unknown) =>
  Object.entries(cases as Record<string, ModelSpec>).map(([name, spec]) => {
    const weights: NamedArrays = createModel(spec).initialize(7);
    let next = 0;
    for (const { data } of Object.values(weights))
      for (let i = 0; i < data.length; i++) data[i] = (next++ % 8191) / 8192;
    return { name, spec, weights };
  });

/** Models that an export must hold for. */
export const trainedCases = trained({ ...CASES, ...RESIDUAL_CASES });

/** One of them. */
export const caseOf = (wanted: string) => trainedCases.find(({ name }) => name === wanted)!;
