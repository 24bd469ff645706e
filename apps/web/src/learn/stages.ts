/** A batch's way through a network, in stages: each is a column of what it makes. */
export const STAGES = [
  {
    id: 'image',
    title: 'Images',
    text: 'A batch: eight images that the network never learned from. Their pixels go into the encoder.',
  },
  {
    id: 'posterior',
    title: 'Mean ± sigma',
    text: 'The encoder answers with a mean and a sigma for each number of a code: about here, give or take. On the map, each answer is an ellipse.',
  },
  {
    id: 'code',
    title: 'Code',
    text: 'A code is drawn from each: mean + sigma × noise, the dot in the ellipse. While it learns, other noise is drawn each time.',
  },
  {
    id: 'decoded',
    title: 'Decoded',
    text: 'The decoder draws an image from each code alone. It has never seen those on the left.',
  },
  {
    id: 'loss',
    title: 'Loss',
    text: 'How far off each image is, and how much its code said. While it learns, the weights move a little after each batch, so that the mean falls.',
  },
] as const;

export type StageId = (typeof STAGES)[number]['id'];

/** A stage stays so long while it plays. */
export const STAGE_MS = 1250;
/** Images of a batch. */
const BATCH = 8;

/** Where one is: of which batch, with which noise, at which stage. */
export interface Step {
  readonly batch: number;
  readonly draw: number;
  readonly stage: number;
}

export const FIRST_STEP: Step = { batch: 0, draw: 0, stage: 0 };

/** The rows of a batch's images. */
export const rowsOf = ({ batch }: Pick<Step, 'batch'>): number[] =>
  Array.from({ length: BATCH }, (_, i) => batch * BATCH + i);

export const isReached = ({ stage }: Step, id: StageId): boolean =>
  stage >= STAGES.findIndex((one) => one.id === id);

/** The stage after, or before; after the last comes the next batch, before the first nothing. */
export function stepBy(step: Step, by: 1 | -1): Step {
  const stage = step.stage + by;
  if (stage < 0) return step;
  if (stage < STAGES.length) return { ...step, stage };
  return { batch: step.batch + 1, draw: step.draw + 1, stage: 0 };
}

/** The same batch with other noise, from where the codes are drawn. */
export const drawAgain = (step: Step): Step => ({
  ...step,
  draw: step.draw + 1,
  stage: STAGES.findIndex(({ id }) => id === 'code'),
});
