import { type ErrorCode, LatentkitError } from '@latentkit/core';
import { CommanderError } from 'commander';
import { paint } from './paint.ts';
import { printable } from './printable.ts';

const USAGE = 2;
const FAILURE = 1;

/** Errors that another command line mends. */
const USAGE_CODES: ReadonlySet<ErrorCode> = new Set([
  'E_USAGE',
  'E_UNKNOWN_NAME',
  'E_CONFIG',
  'E_RANGE',
  'E_SHAPE',
  'E_EXISTS',
  'E_LIMIT',
]);

/**
 * Tells an error in one line on stderr, with its stack only where asked for.
 *
 * @returns the exit code: 2 for a wrong usage, 1 for a failure.
 */
export function reportFailure(error: unknown, { debug }: { debug: boolean }): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE; // commander has told it already
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${paint('red', 'error:')} ${printable(message.replace(/\s*\n\s*/g, ' '))}\n`);
  if (debug && error instanceof Error) {
    process.stderr.write(`${error.stack}\n`);
    if (error.cause) {
      process.stderr.write(`caused by ${error.cause instanceof Error ? error.cause.stack : error.cause}\n`);
    }
  }
  return error instanceof LatentkitError && USAGE_CODES.has(error.code) ? USAGE : FAILURE;
}
