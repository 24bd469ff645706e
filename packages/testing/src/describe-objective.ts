import type { NamedArrays, NdArray, TracedProgram } from '@latentkit/core';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { expectClose } from './expect-close.ts';

type Numbers = Readonly<Record<string, number>>;

interface TestedTerm {
  readonly name: string;
  readonly per: 'example' | 'batch';
}

export interface TestedPlayer {
  readonly moves: readonly string[];
  readonly terms: readonly TestedTerm[];
}

/** What the suite reads of an objective. */
export interface TestedObjective<Player extends TestedPlayer> {
  readonly players: readonly [Player, ...Player[]];
  readonly leastBatch: number;
  initialize(seed: number): NamedArrays;
}

/** What `@latentkit/objectives` makes of an objective: hand over the module itself, `import * as programs from ...`. */
export interface ObjectivePrograms<Objective, Player> {
  stepProgram(objective: Objective, player: Player, options: { scalars: Numbers }): TracedProgram<tf.Tensor>;
  evaluationProgram(objective: Objective): TracedProgram<tf.Tensor>;
  scalarsAt(objective: Objective): Numbers;
}

/** An objective, to hold against the contract of {@link describeObjective}. */
export interface ObjectiveRow<Player extends TestedPlayer, Objective extends TestedObjective<Player>> {
  readonly objective: Objective;
  readonly programs: ObjectivePrograms<Objective, Player>;
  /** A batch of at least five examples: all that the objective reads, noise too. */
  readonly inputs: NamedArrays;
  /** Is its gradient an estimate, and not the slope of its own loss? */
  readonly estimates?: boolean;
}

/**
 * The contract of an objective: terms are what they say, an example's numbers do not depend on its batch unless `leastBatch` says
 * so, `loss = sum of weight * term` has its slope as gradient in every parameter that a player moves and in no other, weights are
 * scalars that no recording keeps, and nothing is left behind.
 *
 * Import a tfjs backend beside it, and make it the current one.
 */
export function describeObjective<Player extends TestedPlayer, Objective extends TestedObjective<Player>>(
  name: string,
  { objective, programs, inputs, estimates = false }: ObjectiveRow<Player, Objective>,
): void {
  const { scalarsAt, stepProgram, evaluationProgram } = programs;
  const weights = objective.initialize(1);
  const scalars = scalarsAt(objective);
  const batch = Object.values(inputs)[0]!.shape[0]!;
  const { terms } = objective.players[0];
  const run = (
    program: TracedProgram<tf.Tensor>,
    parameters: NamedArrays,
    given: NamedArrays,
    numbers: Numbers,
  ) =>
    tf.tidy(() => {
      const {
        outputs,
        gradients = {},
        state = {},
      } = program.trace({
        parameters: tensorsOf(parameters),
        inputs: tensorsOf(given),
        scalars: Object.fromEntries(Object.entries(numbers).map(([key, value]) => [key, tf.scalar(value)])),
      });
      const result = { outputs: arraysOf(outputs), gradients: arraysOf(gradients) };
      tf.dispose([outputs, state] as tf.NamedTensorMap[]); // kept, to outlive a gradient's scope
      return result as never;
    }) as { outputs: NamedArrays; gradients: NamedArrays };
  const valuesOf = (given: NamedArrays) => run(evaluationProgram(objective), weights, given, scalars).outputs;

  describe(name, () => {
    it('gives terms as each says: a number an example, or of the batch', () => {
      const values = valuesOf(inputs);
      for (const term of terms) {
        expect(values[term.name]!.shape, term.name).toEqual(term.per === 'example' ? [batch] : []);
        expect(values[term.name]!.data.every(Number.isFinite), term.name).toBe(true);
      }
    });

    it('gives an example the same numbers in any batch, unless it says that examples are compared', () => {
      const some = 3;
      const [whole, part] = [valuesOf(inputs), valuesOf(firstRows(inputs, some))];
      const ofExamples = terms.filter(({ per }) => per === 'example').map((term) => term.name);
      const differences = ofExamples.flatMap((term) =>
        Array.from(part[term]!.data, (value, i) => {
          const other = whole[term]!.data[i]!;
          return Math.abs(value - other) / Math.max(1, Math.abs(other));
        }),
      );
      if (objective.leastBatch < 2)
        return expectClose(
          differences,
          differences.map(() => 0),
          { absolute: 1e-5 },
        );
      const isCompared = Math.max(0, ...differences) > 1e-5 || ofExamples.length < terms.length;
      expect(isCompared, 'leastBatch is 2, but no number depends on other examples').toBe(true);
    });

    it.each(objective.players.map((player, i) => [i, player] as const))(
      'gives what player %i moves, and nothing else, the slope of sum of weight * term',
      (_, player) => {
        const program = stepProgram(objective, player, { scalars });
        const { gradients } = run(program, weights, inputs, scalars);
        expect(Object.keys(gradients).sort()).toEqual([...player.moves].sort());
        for (const [key, { shape }] of Object.entries(gradients))
          expect(shape, key).toEqual(weights[key]!.shape);
        const norm2 = Object.values(gradients).reduce((sum, { data }) => sum + dot(data, data), 0);
        expect(norm2).toBeGreaterThan(0);
        if (estimates) return;
        const h = 2e-2 / Math.sqrt(norm2); // wide: terms are float32
        const lossAt = (move: number) => {
          const moved = Object.entries(weights).map(([key, { shape, data }]) => {
            const gradient = gradients[key]?.data;
            return [
              key,
              { shape, data: gradient ? data.map((value, i) => value + move * gradient[i]!) : data },
            ];
          });
          const { outputs } = run(program, Object.fromEntries(moved), inputs, scalars);
          return player.terms.reduce((sum, term) => {
            const weight = weightOf(term, scalars);
            return weight === 0 ? sum : sum + weight * outputs[term.name]!.data[0]!;
          }, 0);
        };
        expectClose([(lossAt(h) - lossAt(-h)) / (2 * h)], [norm2], { relative: 1e-2 });
      },
    );

    it('takes its weights as scalars: others are the same program', () => {
      const [player] = objective.players;
      const others = Object.fromEntries(Object.entries(scalars).map(([key, value]) => [key, 2 * value]));
      const [one, other] = [scalars, others].map((numbers) =>
        stepProgram(objective, player, { scalars: numbers }),
      );
      expect(other!.key).toBe(one!.key);
      const of = (numbers: Numbers, program = one!) => run(program, weights, inputs, numbers).gradients;
      expect(of(others)).toEqual(of(others, other)); // the weights that come, not those it was made at
    });

    it('leaves no tensors behind', () => {
      const before = tf.memory().numTensors;
      valuesOf(inputs);
      run(stepProgram(objective, objective.players[0], { scalars }), weights, inputs, scalars);
      expect(tf.memory().numTensors).toBe(before);
    });
  });
}

/** A weight that is always 1 is no scalar; one that is only reported has none either. */
function weightOf(term: TestedTerm & { readonly weight?: unknown }, scalars: Numbers): number {
  return scalars[`weight.${term.name}`] ?? (term.weight === 'reported' ? 0 : 1);
}

const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

function firstRows(arrays: NamedArrays, rows: number): NamedArrays {
  return mapArrays(arrays, ({ shape: [all, ...rest], data }) => ({
    shape: [rows, ...rest],
    data: data.subarray(0, (data.length / all!) * rows),
  }));
}

function mapArrays(arrays: NamedArrays, map: (array: NdArray) => NdArray): NamedArrays {
  return Object.fromEntries(Object.entries(arrays).map(([key, array]) => [key, map(array)]));
}

const tensorsOf = (arrays: NamedArrays) =>
  Object.fromEntries(
    // A copy: tfjs's cpu backend computes on the array it is given.
    Object.entries(arrays).map(([key, { data, shape }]) => [key, tf.tensor(data.slice(), [...shape])]),
  );

const arraysOf = (tensors: Readonly<Record<string, tf.Tensor>>): NamedArrays =>
  Object.fromEntries(
    Object.entries(tensors).map(([key, tensor]) => [
      key,
      { shape: tensor.shape, data: (tensor.dataSync() as Float32Array).slice() },
    ]),
  );
