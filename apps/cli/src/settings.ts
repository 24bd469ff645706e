import type { Setting } from '@latentkit/experiment/config';
import { parseJson } from '@latentkit/formats';
import { InvalidArgumentError } from 'commander';

const DEEPEST = 16; // far more than any

/**
 * One more `--set path=value`: the value is JSON, or else text.
 *
 * @throws commander's `InvalidArgumentError` for what is none.
 */
export function parseSetting(text: string, before: readonly Setting[] = []): Setting[] {
  const [, name, given] = /^\s*([\w-]+(?:\.[\w-]+)*)\s*=(.*)$/s.exec(text) ?? [];
  if (name === undefined || given === undefined) {
    throw new InvalidArgumentError('It must be path=value, as training.epochs=3');
  }
  const path = name.split('.');
  if (path.length > DEEPEST) throw new InvalidArgumentError('No field of a config lies so deep');
  if (path[0] === 'recipe') throw new InvalidArgumentError('A recipe is chosen with --recipe');
  return [...before, { path, value: parseValue(given.trim()) }];
}

function parseValue(text: string): unknown {
  try {
    return parseJson(text, '--set');
  } catch {
    return text;
  }
}
