import { type AcceleratorMemory, sizeOfShape } from '@latentkit/core';
import { checkValue, whole } from '@latentkit/core/options';
import { packedBytes } from '@latentkit/kernels/nn';
import type { Tensor } from '@tensorflow/tfjs-core';
import { compile } from './program/compile.ts';
import { record } from './program/record.ts';
import { batchOf } from './session-checks.ts';

/** 4 GiB: all that pointers of 32 bits reach. Only what is used is taken. */
export const MOST_PAGES = 65_536;
const PAGE_BYTES = 65_536;
/** Of stacks, packed weights and blocks that are aligned. */
const RESERVE_BYTES = 2 ** 26;
/** Something that is not null. */
const ANYWHERE = 64;

/**
 * The memory of an accelerator, before there is one: what programs take of it can be asked without starting anything.
 *
 * @param workers threads that it has; each takes a little more.
 * @throws `E_RANGE` unless they are 1 or more.
 * @example
 * largestBatch(createObjective(model), { memory: acceleratorMemory() }); // some 170,000 images for a dense model of 784 pixels
 */
export function acceleratorMemory(workers = 1): AcceleratorMemory<Tensor> {
  checkValue('acceleratorMemory', 'workers', workers, whole(1));
  return {
    bytes: PAGE_BYTES * MOST_PAGES - RESERVE_BYTES,
    measure(program, shapes, rule) {
      let bytes = 0;
      const allocate = (more: number) => {
        bytes += more;
        return ANYWHERE;
      };
      const graph = record(program, shapes);
      const { parameters, inputs, scalars } = shapes;
      const targets = Object.entries(parameters).map(([name, shape]) => {
        const slots = (rule?.slots ?? []).map(() => ANYWHERE);
        return [name, { parameter: ANYWHERE, shape, slots }] as const;
      });
      const compiled = compile(graph, {
        ...{ batch: batchOf(inputs), workers, allocate },
        given: {
          parameter: new Map(Object.keys(parameters).map((name) => [name, ANYWHERE])),
          input: new Map(
            Object.entries(inputs).map(([name, shape]) => [name, allocate(4 * sizeOfShape(shape))]),
          ),
          scalar: new Map(scalars.map((name) => [name, allocate(4)])),
        },
        placePacked: ({ n, k }) => allocate(packedBytes(n, k)),
        ...(rule && { update: { rule, targets: new Map(targets) } }),
      });
      return bytes + workers * compiled.program.arenaBytes;
    },
  };
}
