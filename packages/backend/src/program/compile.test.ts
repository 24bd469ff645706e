import { describe, expect, it } from 'vitest';
import { registerGradients } from '../gradients/index.ts';
import { startWasmBackend } from '../start-wasm-backend.ts';
import { PROGRAM_CASES, programOf } from '../testing/program-cases.ts';
import { compile } from './compile.ts';
import { record } from './record.ts';

registerGradients();
await startWasmBackend();

const BATCH = 130;

/** A case's stages as letters (rows, tasks), and the bytes that its threads share. */
function compiled(name: string) {
  const one = PROGRAM_CASES[name]!;
  const shapes = { parameters: one.parameters, inputs: one.inputs(BATCH), scalars: [] };
  let bytes = 0;
  const allocate = (size: number) => {
    bytes += size;
    return 0;
  };
  const nowhere = (given: object) => new Map(Object.keys(given).map((key) => [key, 0]));
  const { program } = compile(record(programOf(name, one), shapes), {
    ...{ batch: BATCH, workers: 2, allocate },
    given: { parameter: nowhere(shapes.parameters), input: nowhere(shapes.inputs), scalar: new Map() },
    placePacked: () => 0,
  });
  return { stages: program.stages.map(({ type }) => type[0]).join(''), bytes };
}

describe('compile', () => {
  // Constants and transposes of weights first, then rows, then sums over the batch: one meeting between each.
  it.each([
    'a dense layer',
    'two transposed convolutions',
    'labels at every position',
    'several codes an example, weighed by importance',
    'several images an example',
    'codes under a mixture',
    'maxima and means',
    'columns chosen by a product',
  ])('takes each example through %s at once', (name) => {
    expect(compiled(name).stages).toBe('trt');
  });

  it('gives the room of values back that no later stage reads', () => {
    const matrix = 4 * BATCH * BATCH;
    // Of 14 matrices of each with each, not all are needed at a time.
    expect(compiled('products of each example with each').bytes).toBeLessThan(9 * matrix);
  });
});
