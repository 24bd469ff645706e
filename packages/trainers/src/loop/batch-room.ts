import {
  type AcceleratorMemory,
  formatBytes,
  LatentkitError,
  noiseArrays,
  type ProgramShapes,
  type SessionData,
  Stream,
  sizeOfShape,
} from '@latentkit/core';
import {
  anything,
  checkOptions,
  checkValue,
  having,
  type OptionRules,
  objectRule,
  whole,
} from '@latentkit/core/options';
import { layersOf } from '@latentkit/models';
import {
  evaluationProgram,
  type Objective,
  objectiveRule,
  scalarsAt,
  stepProgram,
} from '@latentkit/objectives';
import type { Tensor } from '@tensorflow/tfjs-core';
import { createOptimizer } from '../optimizers/create-optimizer.ts';
import type { TrainOptions } from '../train-options.ts';

/** What decides how much memory a training takes. */
export interface RoomOptions extends Pick<TrainOptions, 'optimizer' | 'players' | 'clip'> {
  /** That of its accelerator: `acceleratorMemory()` of `@latentkit/backend`. Without one it is known of the widest layer alone what it takes. */
  memory?: AcceleratorMemory<Tensor>;
  /** Images that are learned from; any number by default. */
  images?: number;
}

/** Bytes that a training takes, and that there are. */
export interface BatchRoom {
  readonly bytes: number;
  readonly most: number;
}

const memoryRule = having(
  'the memory of an accelerator',
  { bytes: 'number', measure: 'function' },
  'acceleratorMemory() of @latentkit/backend is one',
);
const RULES: OptionRules<RoomOptions> = {
  memory: memoryRule,
  images: whole(1),
  optimizer: anything, // createOptimizer looks at it
  players: objectRule,
  clip: objectRule,
};

/** WebAssembly's memory, with pointers of 32 bits. */
const MOST_BYTES = 2 ** 32;
/** Of what its layers give, a program takes some multiple, and far less than this one. */
const FAR_MORE = 32;
const VALIDATION_AT_ONCE = 250; // images: as fast as more, in less memory than a step takes

/** Terms of a whole batch are validated on batches like those of the training. */
export function validationBatchSize({ players }: Objective, batchSize: number): number {
  return players[0].terms.some(({ per }) => per === 'batch') ? batchSize : VALIDATION_AT_ONCE;
}

/**
 * The memory that training by batches of a size takes: parameters and the optimizer's memory of them, what a step of each player keeps,
 * another one of what is left at an epoch's end, and validation. Nothing is computed.
 *
 * @returns bytes, counted by the accelerator's own plan of the programs; without a `memory`, of the widest layer's numbers alone.
 * @throws `E_USAGE`, `E_RANGE`, `E_CONFIG` for what is no objective, batch size or option.
 * @example
 * const { bytes, most } = batchRoom(createObjective(model), 128, { memory: acceleratorMemory(), images: 60_000 });
 */
export function batchRoom(objective: Objective, batchSize: number, options: RoomOptions = {}): BatchRoom {
  checkValue('batchRoom', 'objective', objective, objectiveRule);
  checkValue('batchRoom', 'batchSize', batchSize, whole(1));
  checkOptions('batchRoom', options, RULES);
  const { memory, images = Number.POSITIVE_INFINITY } = options;
  const rows = Math.min(batchSize, images);
  if (!memory) return { bytes: 4 * numbersOf(objective, rows, 'widest'), most: MOST_BYTES };
  // Which rest there is of any number of images is not known: it may be nearly a batch.
  const rest = Number.isFinite(images) ? images % batchSize : rows;
  const validated = Math.min(validationBatchSize(objective, batchSize), images);
  const sizes = [rows, ...(rest > 0 && rest < images ? [rest] : [])];
  const steps = sizes.reduce((sum, size) => sum + bytesOfSteps(objective, size, { ...options, memory }), 0);
  const evaluation = memory.measure(evaluationProgram(objective), shapesFor(objective, validated));
  return { bytes: bytesOfState(objective, options) + steps + evaluation, most: memory.bytes };
}

/**
 * Images of the largest batch that there is room for, to within a hundredth, and never more; 0 where there is none for a single one.
 *
 * @throws as {@link batchRoom}.
 * @example
 * largestBatch(createObjective(createModel(spec))); // 1369568, for a dense model of 784 pixels: what a layer alone fills
 * largestBatch(createObjective(createModel(spec)), { memory: acceleratorMemory() }); // what fits
 */
export function largestBatch(objective: Objective, options: RoomOptions = {}): number {
  checkValue('largestBatch', 'objective', objective, objectiveRule);
  const { images: _, ...others } = options;
  const bytesOf = (batch: number) => batchRoom(objective, batch, others).bytes;
  const { bytes: first, most } = batchRoom(objective, 1, others);
  if (first > most) return 0;
  if (!others.memory) return Math.floor(most / first);
  // Batches that fit, and that do not: what they take grows along a line, nearly.
  let low = { batch: 1, bytes: first };
  let high = { batch: Math.ceil(most / (4 * sizeOfImage(objective))), bytes: Number.POSITIVE_INFINITY };
  high.bytes = bytesOf(high.batch);
  while (high.batch - low.batch > Math.max(1, low.batch / 100)) {
    const share = (most - low.bytes) / (high.bytes - low.bytes);
    const between = low.batch + Math.floor(share * (high.batch - low.batch));
    const batch = Math.min(high.batch - 1, Math.max(low.batch + 1, between));
    const found = { batch, bytes: bytesOf(batch) };
    if (found.bytes > most) high = found;
    else {
      low = found;
      const next = Math.min(high.batch - 1, batch + Math.max(1, Math.floor(batch / 128)));
      if (next > batch) {
        const above = { batch: next, bytes: bytesOf(next) };
        if (above.bytes > most) high = above;
        else low = above;
      }
    }
  }
  return low.batch;
}

/**
 * Before anything is computed: throws `E_RANGE` where an objective compares more examples with each other than a batch or a set
 * has (smaller batches are left out: all of them, then), `E_LIMIT` for batches that no memory holds.
 */
export function checkBatches(
  where: string,
  objective: Objective,
  { batchSize, ...options }: RoomOptions & { batchSize: number; images: number },
): void {
  const { leastBatch, samples = 1 } = objective;
  const { images } = options;
  if (batchSize < leastBatch || images < leastBatch) {
    const [what, got] = batchSize < leastBatch ? ['batchSize', batchSize] : ['images of a set', images];
    throw new LatentkitError(
      'E_RANGE',
      `${where}: the objective compares examples with each other: expected ${what} of at least ${leastBatch}, got ${got}`,
    );
  }
  const rows = Math.min(batchSize, images);
  if (FAR_MORE * 4 * numbersOf(objective, rows, 'all') < (options.memory?.bytes ?? MOST_BYTES)) return;
  const { bytes, most } = batchRoom(objective, batchSize, options);
  if (bytes <= most) return;
  const many = samples > 1 ? ` by ${samples} samples each` : '';
  throw new LatentkitError(
    'E_LIMIT',
    `${where}: batches of ${rows} images${many} take ${formatBytes(bytes)} of memory, of at most ${formatBytes(most)}`,
    { fix: samples > 1 ? 'Take fewer samples, or a smaller batchSize' : 'Take a smaller batchSize' },
  );
}

/** What one layer gives for a batch, or all of them do. */
function numbersOf({ model, samples = 1 }: Objective, rows: number, which: 'widest' | 'all'): number {
  const sizes = layersOf(model.plan).map(({ outputShape }) => sizeOfShape(outputShape));
  const numbers = which === 'widest' ? Math.max(...sizes) : sizes.reduce((sum, size) => sum + size, 0);
  return rows * samples * numbers;
}

function sizeOfImage({ model }: Objective): number {
  const { height, width, channels } = model.spec.image;
  return height * width * channels;
}

const shapesOfParameters = ({ model, parameterShapes }: Objective) => ({
  ...model.parameterShapes,
  ...parameterShapes,
});

/** Shapes of what a program is given of a batch, as `prepareBatch` gives it. */
function shapesFor(objective: Objective, rows: number): ProgramShapes {
  const { model, reads, noise } = objective;
  const { image, condition } = model.spec;
  const address = { seed: 0, stream: Stream.latentNoise };
  const drawn = noiseArrays(noise, rows, address).map(({ name, shape }) => [name, shape] as const);
  return {
    parameters: shapesOfParameters(objective),
    inputs: {
      x: [rows, image.height, image.width, image.channels],
      ...(reads.includes('labels') && condition && { labels: [rows, condition.classes] }),
      ...(reads.includes('labelled') && { labelled: [rows] }),
      ...Object.fromEntries(drawn),
    } satisfies Record<keyof SessionData['inputs'], readonly number[]>,
    scalars: Object.keys(scalarsAt(objective, 0, 1)),
  };
}

const ruleOf = (player: string, { players, optimizer }: RoomOptions) =>
  createOptimizer(players?.[player]?.optimizer ?? optimizer ?? { name: 'adam' }).rule;

function bytesOfState(objective: Objective, options: RoomOptions): number {
  const shapes = shapesOfParameters(objective);
  const bytesOf = (names: readonly string[]) =>
    names.reduce((sum, name) => sum + 4 * sizeOfShape(shapes[name]!), 0);
  return objective.players.reduce(
    (sum, { name, moves }) => sum + ruleOf(name, options).slots.length * bytesOf(moves),
    bytesOf(Object.keys(shapes)),
  );
}

function bytesOfSteps(
  objective: Objective,
  rows: number,
  options: RoomOptions & Required<Pick<RoomOptions, 'memory'>>,
): number {
  const { memory, clip } = options;
  const shapes = shapesFor(objective, rows);
  const scalars = scalarsAt(objective, 0, 1);
  return objective.players.reduce((sum, player) => {
    const program = stepProgram(objective, player, { scalars, ...(clip && { clip }) });
    return sum + memory.measure(program, shapes, ruleOf(player.name, options));
  }, 0);
}
