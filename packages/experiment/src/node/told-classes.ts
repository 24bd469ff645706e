import { type Examples, LatentkitError } from '@latentkit/core';
import { checkValue, functionRule, having, type OptionRule } from '@latentkit/core/options';
import type { LoadedRun } from './load-run.ts';
import type { RunImages } from './load-run-images.ts';

const runRule = having('a loaded run', { spec: 'object', config: 'object' }, 'loadRun(directory) gives one');

/**
 * What a conditional model is told of images: their classes; nothing for another model.
 *
 * @throws `E_USAGE` where there are none.
 * @example
 * const label = labelsFor(run, 'runs/first', set.labels);
 * run.encode(set.images, label && { label });
 */
export function labelsFor(
  run: Pick<LoadedRun, 'spec' | 'config'>,
  directory: string,
  labels: ArrayLike<number> | undefined,
): readonly number[] | undefined {
  checkValue('labelsFor', 'run', run, runRule);
  const { spec } = run;
  if (!spec.condition) return undefined;
  if (labels) return Array.from(labels);
  throw new LatentkitError(
    'E_USAGE',
    `${directory}: its model is conditional, and the images have no classes`,
    { fix: 'Give a class for each with --labels FILE' },
  );
}

const classRule: OptionRule = {
  be: 'be the number of a class, from 0, or its name',
  code: 'E_UNKNOWN_NAME',
  fits: (value) => typeof value === 'string' || (Number.isInteger(value) && Number(value) >= 0),
};

type Named = Pick<RunImages<Examples>, 'classNames' | 'title'>;

/**
 * The number of a class that is given by its number or by its name among some images.
 *
 * @param found gives the images, which know their classes' names; asked for names alone.
 * @throws `E_UNKNOWN_NAME` for a name that they do not have, with those that they have.
 * @example
 * const label = await classNumber('trouser', () => images);
 */
export async function classNumber(
  said: number | string,
  found: () => Named | Promise<Named>,
): Promise<number> {
  checkValue('classNumber', 'said', said, classRule);
  checkValue('classNumber', 'found', found, functionRule);
  if (typeof said === 'number') return said;
  if (/^\d+$/.test(said)) return Number(said);
  const { classNames = [], title } = await found();
  const at = classNames.indexOf(said);
  if (at >= 0) return at;
  throw new LatentkitError('E_UNKNOWN_NAME', `label: the ${title} have no class '${said}'`, {
    fix: classNames.length > 0 ? `Classes: ${classNames.join(', ')}` : 'Give its number, from 0',
  });
}
