import { createAccelerator } from '@latentkit/backend';
import { codeSizeOf, hasStandardPrior, openTrainedModel } from '@latentkit/models';
import { encodeAll, labelBytes, placeCodes, toBytes } from '../lab/pictures.ts';
import { createTurns, URGENCY } from '../lab/turns.ts';
import { type Plane, placesOf } from '../map/codes.ts';
import type { ZippedRun } from './read-zipped-run.ts';

/** A run's model, ready to be walked through. */
export interface EmbeddedModel {
  readonly plane: Plane;
  /** Where the images' codes lie. */
  readonly places: { readonly x: Float32Array; readonly y: Float32Array };
  readonly labels: Uint8Array | undefined;
  readonly hasNormalPrior: boolean;
  /** Codes to bytes of images; what a hand wants comes before what an eye looks at. A network that is told classes is told this one. */
  decode(codes: Float32Array, told: number, urgency: 'hand' | 'eye'): Promise<Uint8Array>;
  /** Frees its memory. */
  close(): Promise<void>;
}

/**
 * Opens a run's model on the page's own thread, and encodes its images. A single file brings no workers; a call of this takes
 * a few milliseconds, and the page goes on between two.
 */
export async function openEmbeddedModel({ spec, weights, images }: ZippedRun): Promise<EmbeddedModel> {
  const accelerator = await createAccelerator({ workers: 1 });
  const model = await openTrainedModel(spec, weights, { accelerator });
  const take = createTurns();
  const close = async () => {
    await model.dispose();
    await accelerator.close();
  };
  try {
    const codes = await encodeAll(model, { type: 'data', spec, ...images }, take);
    const plane = placeCodes(codes, spec);
    const labels = images.labels && labelBytes(images.labels);
    return {
      plane,
      places: placesOf(codes.mean, { latentDim: codeSizeOf(spec), ...(labels && { labels }) }, plane),
      labels,
      hasNormalPrior: hasStandardPrior(spec),
      decode: async (latent, label, urgency) =>
        toBytes(await take(URGENCY[urgency], () => model.decode(latent, spec.condition && { label }))),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
