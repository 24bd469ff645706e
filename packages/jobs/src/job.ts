import { LatentkitError } from '@latentkit/core';
import { checkBy, fields, openFields, optional, type Schema, textLike, whole } from '@latentkit/core/schema';
import { digestSha256 } from '@latentkit/formats';
import { canonicalJson } from './canonical-json.ts';

/** What JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [field: string]: Json };

/** Data that a job reads: known by name to its worker, and by content. */
export interface JobData {
  /** A dataset's name, or what a worker's flags allow: never a way to a file of its own choice. */
  readonly name: string;
  /** What the data must be, to the last bit: a hash. */
  readonly fingerprint: string;
}

/** Work that anybody may do, as plain data: the same job has the same result, whoever does it and how often. */
export interface Job {
  /** What is to be done: one of the kinds that the worker's program knows. */
  readonly kind: string;
  /** The settings of this kind. */
  readonly payload: { readonly [field: string]: Json };
  readonly seed?: number;
  readonly data?: JobData;
  /** The version of the program that made the job: only the same one does it. */
  readonly codeVersion: string;
}

const MOST_CHARACTERS = 256 * 1024;

const jobSchema = fields({
  kind: textLike(/^[a-z][a-z0-9-]{0,63}$/, 'be a word of lower-case letters, digits and hyphens'),
  payload: openFields({}) as Schema<Job['payload']>,
  seed: optional(whole(0)),
  data: optional(
    fields({
      name: textLike(/^\P{Cc}{1,2000}$/u, 'be a name of 1 to 2,000 characters'),
      fingerprint: textLike(/^[\w.:+/=-]{1,200}$/, 'be a hash'),
    }),
  ),
  codeVersion: textLike(/^[\w.+-]{1,64}$/, 'be a version, as 1.2.3'),
});

/**
 * A job from untrusted data, its envelope checked: which kinds there are and what their payloads hold, the worker's program knows.
 *
 * @param where what to call the source in an error.
 * @throws `E_CONFIG` naming the field that does not fit; `E_LIMIT` for one of more than 256 Ki characters: data go by name.
 * @example
 * checkJob({ kind: 'train', payload: { epochs: 3 }, seed: 1, codeVersion: '1.0.0' });
 */
export function checkJob(input: unknown, where = 'job'): Job {
  const job = checkBy(jobSchema, input, where);
  const { length } = canonicalJson(job, where);
  if (length > MOST_CHARACTERS) {
    throw new LatentkitError('E_LIMIT', `${where} has ${length} characters, more than ${MOST_CHARACTERS}`, {
      fix: 'Name the data that it reads instead of holding them',
    });
  }
  return job;
}

/**
 * What a job is known by: the SHA-256 of its canonical JSON, 64 digits. Equal jobs have one id, so that a repeat is free.
 *
 * @throws as {@link checkJob}.
 * @example
 * await jobId({ kind: 'train', payload: { epochs: 3 }, codeVersion: '1.0.0' }); // '5f0c...'
 */
export async function jobId(job: Job): Promise<string> {
  return digestSha256(canonicalJson(checkJob(job)));
}
