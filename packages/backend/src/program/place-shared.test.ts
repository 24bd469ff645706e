import { expect, it } from 'vitest';
import type { ClassifiedNode } from './classify.ts';
import { placeShared } from './place-shared.ts';
import type { NodeStage } from './stages.ts';

const node = (inputs: number[], output: number): ClassifiedNode => ({
  operation: { kind: 'fill', count: 1, value: 0 },
  ...{ inputs, output },
  how: { type: 'whole' },
});
const stage = (type: NodeStage['type'], ...nodes: ClassifiedNode[]): NodeStage => ({ type, nodes });

// Value 0 is given; each of the others is 16 numbers, which is one block of 64 bytes.
const sizes = [16, 16, 16, 16, 16, 16, 16];

it('gives room back after the last stage that reads a value, and not before the stage is over', () => {
  const stages = [
    stage('tasks', node([0], 1)),
    stage('tasks', node([1], 2), node([1], 3)),
    stage('tasks', node([2, 3], 4)),
    stage('tasks', node([4], 5)),
  ];
  const { offsets, bytes } = placeShared(stages, [{ value: 5, shape: [16] }], sizes);
  expect(Object.fromEntries(offsets)).toEqual({ 1: 0, 2: 64, 3: 128, 4: 0, 5: 64 });
  expect(bytes).toBe(192);
});

it('keeps results to the end, and what only its own rows read nowhere', () => {
  const stages = [
    stage('rows', node([0], 1), node([1], 2)),
    stage('tasks', node([2], 3)),
    stage('tasks', node([3], 4)),
    stage('tasks', node([4], 5)),
  ];
  const results = [3, 5].map((value) => ({ value, shape: [16] }));
  const { offsets, isLocal } = placeShared(stages, results, sizes);
  expect([1, 2, 3, 0].map(isLocal)).toEqual([true, false, false, false]);
  expect(Object.fromEntries(offsets)).toEqual({ 2: 0, 3: 64, 4: 0, 5: 128 });
});
