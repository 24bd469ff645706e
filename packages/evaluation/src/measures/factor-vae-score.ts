import { createRandom, type Factors, LatentkitError, type Random, Stream } from '@latentkit/core';
import { checkOptions, type OptionRules, seedRule, whole } from '@latentkit/core/options';
import { type FactorColumn, factorColumns } from './factors.ts';
import { columnOf, type Vectors } from './points.ts';

export interface FactorVaeScoreOptions {
  /** Examples with a factor in common that give a vote; 64 by default. */
  perVote?: number;
  /** Votes that decide which factor a dimension stands for, and as many that it is judged by; 800 by default. */
  votes?: number;
  seed?: number;
}

const RULES: OptionRules<FactorVaeScoreOptions> = { perVote: whole(2), votes: whole(1), seed: seedRule };

/** Dimensions that hardly vary stand for nothing. */
const LEAST_VARIANCE = 0.05;

/**
 * The score of FactorVAE: of examples that have one factor in common, the dimension that varies least (against its variance over
 * all) votes for that factor; the score is how often the factor that a dimension had most votes of is right, on votes of their own.
 *
 * @returns from 0 to 1; chance is one over the number of factors; 0 where no dimension has a variance of 0.05.
 * @throws `E_SHAPE` for factors of another number of examples; `E_RANGE` where fewer than two vary; `E_NOT_FINITE`.
 * @see Kim & Mnih: "Disentangling by factorising" (2018), section 4
 * @example
 * factorVaeScore({ data: mean, count, dimensions: 10 }, set.factors, { seed: 1 });
 */
export function factorVaeScore(
  codes: Vectors,
  factors: Factors,
  options: FactorVaeScoreOptions = {},
): number {
  const columns = factorColumns('factorVaeScore', codes, factors);
  checkOptions('factorVaeScore', options, RULES);
  const { perVote = 64, votes = 800, seed = 0 } = options;
  if (columns.length < 2) {
    throw new LatentkitError(
      'E_RANGE',
      `factorVaeScore: expected two factors that vary at least, got ${columns.length}`,
    );
  }
  const dimensions = Array.from({ length: codes.dimensions }, (_, j) => columnOf(codes, j)).flatMap(
    (values) => {
      const variance = varianceOf(values);
      return variance >= LEAST_VARIANCE ? [{ values, variance }] : [];
    },
  );
  if (dimensions.length === 0) return 0;
  const members = columns.map(membersOf);
  const castVotes = (step: number) =>
    Array.from({ length: votes }, (_, index) => {
      const random = createRandom({ seed, stream: Stream.quality, step, index });
      const factor = random.integer(columns.length);
      return { factor, dimension: leastVarying(dimensions, draw(members[factor]!, perVote, random)) };
    });
  const counts = dimensions.map(() => new Array<number>(columns.length).fill(0));
  for (const { factor, dimension } of castVotes(0)) counts[dimension]![factor]! += 1;
  const standsFor = counts.map((row) => row.indexOf(Math.max(...row)));
  const right = castVotes(1).filter(({ factor, dimension }) => standsFor[dimension] === factor);
  return right.length / votes;
}

/** Which examples have each value. */
function membersOf({ groups, size }: FactorColumn): number[][] {
  const members = Array.from({ length: size }, (): number[] => []);
  groups.forEach((group, i) => {
    members[group]!.push(i);
  });
  return members;
}

/** Examples of one value, with repeats where it is rare. */
function draw(members: readonly number[][], count: number, random: Random): number[] {
  const of = members[random.integer(members.length)]!;
  return Array.from({ length: count }, () => of[random.integer(of.length)]!);
}

function leastVarying(
  dimensions: readonly { values: Float64Array; variance: number }[],
  examples: readonly number[],
): number {
  const shares = dimensions.map(
    ({ values, variance }) => varianceOf(examples.map((i) => values[i]!)) / variance,
  );
  return shares.indexOf(Math.min(...shares));
}

function varianceOf(values: ArrayLike<number>): number {
  const count = values.length;
  let sum = 0;
  for (let i = 0; i < count; i++) sum += values[i]!;
  const mean = sum / count;
  let squares = 0;
  for (let i = 0; i < count; i++) squares += (values[i]! - mean) ** 2;
  return squares / count;
}
