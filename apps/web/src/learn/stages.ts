/** One image's way through a network, in stages. */
export const STAGES = [
  {
    id: 'image',
    title: 'Image',
    text: 'The network never learned from this image. Its pixels go into the encoder.',
  },
  {
    id: 'posterior',
    title: 'Mean and sigma',
    text: 'The encoder answers with a mean and a sigma for each number of the code: about here, give or take.',
  },
  {
    id: 'code',
    title: 'Code',
    text: 'A code is drawn: mean + sigma × noise. While it learns, other noise is drawn each time.',
  },
  {
    id: 'decoded',
    title: 'Decoder',
    text: 'The decoder draws an image from the code alone. It has never seen the one above.',
  },
  {
    id: 'loss',
    title: 'Loss',
    text: 'How far off the image is, and how much the code said. While it learns, the weights move a little after each batch, so that such sums fall.',
  },
] as const;

/** A stage stays so long while it plays. */
export const STAGE_MS = 1250;

/** Where one is: of which image, with which noise, at which stage. */
export interface Step {
  readonly row: number;
  readonly draw: number;
  readonly stage: number;
}

export const FIRST_STEP: Step = { row: 0, draw: 0, stage: 0 };

/** The stage after, or before; after the last comes the next image, before the first nothing. */
export function stepBy(step: Step, by: 1 | -1): Step {
  const stage = step.stage + by;
  if (stage < 0) return step;
  if (stage < STAGES.length) return { ...step, stage };
  return { row: step.row + 1, draw: step.draw + 1, stage: 0 };
}

/** The same image with other noise, from where the code is drawn. */
export const drawAgain = (step: Step): Step => ({
  ...step,
  draw: step.draw + 1,
  stage: STAGES.findIndex(({ id }) => id === 'code'),
});
