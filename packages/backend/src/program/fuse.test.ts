import type { NamedArrays, TracedProgram } from '@latentkit/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { afterAll, describe, expect, it } from 'vitest';
import { createAccelerator } from '../create-accelerator.ts';
import type { Operation } from '../operations/operation.ts';
import { startWasmBackend } from '../start-wasm-backend.ts';
import { FUSION_CASES, type FusionCase } from '../testing/fusion-cases.ts';
import { randomArrays } from '../testing/random-arrays.ts';
import { runEagerly } from '../testing/run-eagerly.ts';
import { fuse } from './fuse.ts';
import type { Graph, GraphNode } from './graph.ts';
import { record } from './record.ts';

await startWasmBackend();
const accelerator = await createAccelerator({ workers: 1 });
afterAll(() => accelerator.close());

function labelOf({ operation, inputs }: GraphNode): string {
  if (operation.kind === 'unary' || operation.kind === 'binary') return operation.operator;
  if (operation.kind !== 'convolveBackpropInput') return operation.kind;
  return `${operation.kind} ${operation.activation}${inputs.length > 2 ? ' bias' : ''}`;
}
const labelsOf = ({ nodes }: Graph) => nodes.map(labelOf);

const programOf = (name: string, { compute }: FusionCase): TracedProgram<Tensor> => ({
  key: name,
  trace: ({ parameters, inputs }) => ({ outputs: compute({ ...parameters, ...inputs }) }),
});

/** Filters and biases as parameters, the rest as inputs. */
function split(shapes: ReturnType<FusionCase['shapes']>) {
  const isParameter = ([name]: [string, unknown]) => name === 'filter' || name === 'bias';
  const entries = Object.entries(shapes);
  return {
    parameters: Object.fromEntries(entries.filter(isParameter)),
    inputs: Object.fromEntries(entries.filter((entry) => !isParameter(entry))),
    scalars: [],
  };
}

/** Some numbers replaced by those that formulas break at. */
function withSpecialNumbers(arrays: NamedArrays): NamedArrays {
  const special = [0, -0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, 1e38, -1e-45];
  return Object.fromEntries(
    Object.entries(arrays).map(([name, { data, shape }]) => [
      name,
      { shape, data: data.map((number, i) => (i % 5 === 2 ? special[((i * 7 + i / 35) % 7) | 0]! : number)) },
    ]),
  );
}

describe.each(Object.entries(FUSION_CASES))('%s', (name, one) => {
  it('comes to as many operations as it should', () => {
    const graph = record(programOf(name, one), split(one.shapes(3)));
    expect(labelsOf(graph)).toEqual(one.before);
    const fused = fuse(graph);
    expect(labelsOf(fused)).toEqual(one.after);
    expect(labelsOf(fuse(fused))).toEqual(one.after);
  });

  it.each([1, 2, 3, 9, 17])('gives the numbers of tfjs for a batch of %d', async (batch) => {
    const { parameters, inputs } = split(one.shapes(batch));
    for (const change of [(arrays: NamedArrays) => arrays, withSpecialNumbers]) {
      const state = change(randomArrays(parameters, 1));
      const given = change(randomArrays(inputs, 2));
      const session = await accelerator.open({ parameters: state, slots: {} });
      const { outputs } = runEagerly(programOf(name, one), state, given);
      // Object.is, number by number: -0 is not 0, and a NaN's bits are open.
      expect(await session.run(programOf(name, one), { inputs: given })).toStrictEqual(outputs);
      session.close();
    }
  });
});

describe('fuse', () => {
  it('does not count what no result needs', () => {
    const { compute, shapes } = FUSION_CASES['a bias and ReLU']!;
    const graph = record(
      {
        key: 'with a reader in vain',
        trace({ parameters, inputs }) {
          const { y } = compute({ ...parameters, ...inputs });
          return { outputs: { y: y! } };
        },
      },
      split(shapes(3)),
    );
    const [product] = graph.nodes;
    const count = graph.values.length;
    const inVain: Operation = { kind: 'unary', operator: 'exp', count: 1, alpha: 0 };
    const values = [...graph.values, { shape: [1], source: { type: 'computed' as const } }];
    const nodes = [...graph.nodes, { operation: inVain, inputs: [product!.output], output: count }];
    expect(labelsOf(fuse({ ...graph, values, nodes }))).toEqual(['convolveBackpropInput relu bias']);
  });
});
