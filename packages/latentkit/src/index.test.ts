import * as backend from '@latentkit/backend';
import * as backendGradients from '@latentkit/backend/gradients';
import * as core from '@latentkit/core';
import * as datasets from '@latentkit/datasets';
import * as experiment from '@latentkit/experiment';
import * as figures from '@latentkit/figures';
import * as formats from '@latentkit/formats';
import * as losses from '@latentkit/losses';
import * as models from '@latentkit/models';
import * as objectives from '@latentkit/objectives';
import * as projections from '@latentkit/projections';
import * as sweeps from '@latentkit/sweeps';
import * as trainers from '@latentkit/trainers';
import { describe, expect, it } from 'vitest';
import * as gradients from './gradients.ts';
import * as latentkit from './index.ts';

const packages = {
  backend,
  core,
  datasets,
  experiment,
  figures,
  formats,
  losses,
  models,
  objectives,
  projections,
  sweeps,
  trainers,
};

describe('latentkit', () => {
  it.each(Object.entries(packages))(
    're-exports all of %s, and no two packages share a name',
    (_, exported) => {
      for (const [name, value] of Object.entries(exported)) {
        expect(latentkit, name).toHaveProperty(name, value);
      }
    },
  );

  it('has the gradients of plain tfjs at an entry of their own', () => {
    expect(gradients.registerGradients).toBe(backendGradients.registerGradients);
    expect(latentkit).not.toHaveProperty('registerGradients');
  });
});
