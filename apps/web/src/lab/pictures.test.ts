import type { ModelSpec } from '@latentkit/models';
import { expect, it } from 'vitest';
import { TINY_SPEC } from '../testing/tiny-spec.ts';
import { describe, shownOf } from './pictures.ts';

const spec: ModelSpec = { ...TINY_SPEC, image: { height: 2, width: 2, channels: 1 }, latentDim: 1 };
const data = {
  type: 'data',
  title: 'images',
  spec,
  images: Float32Array.from({ length: 12 }, (_, i) => i / 11),
  labels: Uint16Array.of(1, 300, 0),
  count: 3,
  learnedFrom: false,
} as const;

it('shows one image of each class, as bytes, and tells what the page must know of a model', () => {
  const shown = shownOf(data);
  expect(shown.count).toBe(3);
  const told = describe(data, shown);
  expect(told).toMatchObject({ count: 3, latentDim: 1, hasNormalPrior: true });
  expect(told.originals).toHaveLength(12);
  expect(Math.max(...told.originals)).toBe(255);
  expect([...told.labels!]).toEqual([1, 255, 0]); // more than a byte counts have no colour of their own
  expect(told).not.toHaveProperty('toldClasses');
});

it('says whether codes come from N(0, 1), which a learned prior and an upper level are not', () => {
  const net = { type: 'mlp', hidden: [3], activation: 'tanh' } as const;
  const changes: Partial<ModelSpec>[] = [
    { prior: { type: 'mixture', components: 2 } },
    { kind: 'hierarchical', upper: { latentDim: 1, encoder: net, decoder: net } },
  ];
  const told = changes.map((change) => {
    const changed = { ...data, spec: { ...spec, ...change } };
    return describe(changed, shownOf(changed)).hasNormalPrior;
  });
  expect(told).toEqual([false, false]);
});

it('tells of how many classes a conditional model is told one', () => {
  const conditional = { ...data, spec: { ...spec, condition: { classes: 3 } } };
  expect(describe(conditional, shownOf(conditional)).toldClasses).toBe(3);
});

it('has nothing to show of a run without images', () => {
  const none = { ...data, images: new Float32Array(0), labels: new Uint16Array(0), count: 0 };
  expect(describe(none, shownOf(none)).originals).toHaveLength(0);
});
