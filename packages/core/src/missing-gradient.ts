import { LatentkitError } from './error.ts';

/**
 * What tfjs says of an operation without a gradient, as an error that says what to do; undefined for any other error.
 *
 * @example
 * missingGradient(new Error('Cannot compute gradient: gradient function not found for Concat.'))?.code; // 'E_BACKEND'
 */
export function missingGradient(error: unknown): LatentkitError | undefined {
  const [, name] = /gradient function not found for (\w+)/.exec((error as Error | null)?.message ?? '') ?? [];
  if (name === undefined) return undefined;
  return new LatentkitError('E_BACKEND', `tfjs knows no gradient of ${name}`, {
    fix: 'Call registerGradients() of @latentkit/backend/gradients (or latentkit/gradients) once; where it has none either, give it one by tf.customGrad',
    cause: error,
  });
}
