import { LatentkitError } from '@latentkit/core';
import { checkBy, fields, list, optional, text, whole } from '@latentkit/core/schema';
import type { ScoredExamples } from '@latentkit/experiment/node';
import { encodeNpy, parseJson, parseNpy } from '@latentkit/formats';
import { readJobFile } from './read-job-file.ts';
import type { DoneJob } from './watch-jobs.ts';

const FILES = {
  scores: 'scores.npy',
  labels: 'labels.npy',
  places: 'indices.npy',
  oddest: 'oddest.npy',
  about: 'about.json',
} as const;

const aboutSchema = fields({
  first: whole(0),
  classNames: optional(list(text())),
});

/** Scores of a part as files: arrays of NPY, and what they are. */
export function formatScored({
  first,
  scores,
  labels,
  classNames,
  places,
  oddest,
}: ScoredExamples): { name: string; content: Uint8Array | string }[] {
  const { shape, count, images } = oddest;
  const numbers = (name: string, data: Float64Array | Int32Array) => ({
    name,
    content: encodeNpy({ shape: [data.length], data }),
  });
  return [
    numbers(FILES.scores, scores),
    ...(labels ? [numbers(FILES.labels, labels)] : []),
    ...(places ? [numbers(FILES.places, Int32Array.from(places))] : []),
    {
      name: FILES.oddest,
      content: encodeNpy({ shape: [count, shape.height, shape.width, shape.channels], data: images }),
    },
    { name: FILES.about, content: `${JSON.stringify({ first, ...(classNames && { classNames }) })}\n` },
  ];
}

/** The same, as a job left them. */
export async function readScored(store: string, job: DoneJob): Promise<ScoredExamples> {
  const read = (name: string) => readJobFile(store, job, name);
  const array = async <Numbers>(name: string, kind: new (length: number) => Numbers) => {
    if (job.files[name] === undefined) return undefined;
    const { data } = parseNpy(await read(name));
    if (data instanceof kind) return data;
    throw otherNumbers(name, job);
  };
  const { shape, data } = parseNpy(await read(FILES.oddest));
  const [count = 0, height = 0, width = 0, channels = 0] = shape;
  if (!(data instanceof Uint8Array || data instanceof Float32Array)) throw otherNumbers(FILES.oddest, job);
  const [scores, labels, places] = [
    (await array(FILES.scores, Float64Array)) ?? new Float64Array(),
    await array(FILES.labels, Int32Array),
    await array(FILES.places, Int32Array),
  ];
  const about = parseJson(new TextDecoder().decode(await read(FILES.about)), FILES.about);
  const { first, classNames } = checkBy(aboutSchema, about, FILES.about, 'E_FORMAT');
  return {
    ...{ first, scores, oddest: { shape: { height, width, channels }, count, images: data } },
    ...(labels && { labels }),
    ...(classNames && { classNames }),
    ...(places && { places }),
  };
}

function otherNumbers(name: string, { id }: DoneJob): LatentkitError {
  return new LatentkitError('E_FORMAT', `${name} of job ${id.slice(0, 12)} holds numbers of another type`);
}
