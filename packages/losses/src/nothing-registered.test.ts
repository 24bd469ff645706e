import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expectClose } from '@latentkit/testing';
import { describe, expect, it } from 'vitest';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));

/** What a program prints, run by plain Node as a project that has this package, tfjs-core and its cpu backend. */
function run(program: string): string {
  // The built package is imported by its own name: the code that users get, with no test runner in between.
  return execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: packageFolder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

const prelude = `
  import * as tf from '@tensorflow/tfjs-core';
  import '@tensorflow/tfjs-backend-cpu';
  import * as losses from '@latentkit/losses';
  const { createLikelihood, klStandardNormal, meanOverBatch, weightedSum } = losses;
  const p = tf.tensor2d([[0.5, -1], [2, 0]]);
  const x = tf.tensor2d([[1, 0], [0.25, 0.75]]);
`;

describe('in a process of its own, with no gradients registered', () => {
  it("tfjs's own reduction does not differentiate", () => {
    const program = `${prelude}
      try { tf.grad((t) => tf.sum(t))(p); } catch (error) { process.stdout.write(error.message); }`;
    expect(run(program)).toContain('gradient function not found for Sum');
  });

  it.each([
    { type: 'bernoulli', output: 'sigmoid' },
    { type: 'squaredError', output: 'tanh' },
    { type: 'squaredError', output: 'sigmoid', pixels: 'mean' },
    { type: 'gaussian', output: 'linear', sigma: 0.5 },
    { type: 'gaussian', output: 'sigmoid', sigma: 'learned' },
    { type: 'gaussian', output: 'sigmoid', sigma: 'perImage' },
    { type: 'absoluteError', output: 'sigmoid' },
    { type: 'huber', output: 'sigmoid' },
    { type: 'unexplainedVariance', output: 'sigmoid' },
    { type: 'continuousBernoulli', output: 'sigmoid' },
  ])('a whole loss with %j does', (spec) => {
    const program = `${prelude}
      const likelihood = createLikelihood(${JSON.stringify(spec)});
      const loss = (preActivation, mean, logVar, logSigma) => weightedSum([
        {
          value: meanOverBatch(likelihood.negativeLogLikelihood(
            { output: preActivation }, x, { 'likelihood.logSigma': logSigma })),
          weight: 1,
        },
        { value: meanOverBatch(klStandardNormal(mean, logVar)), weight: 4 },
      ]);
      const parameters = [p, x, tf.clone(p)];
      if ('likelihood.logSigma' in likelihood.parameterShapes) parameters.push(tf.scalar(-0.5));
      const { value, grads } = tf.valueAndGrads(loss)(parameters);
      process.stdout.write(JSON.stringify([value, ...grads].map((t) => ({ shape: t.shape, data: [...t.dataSync()] }))));`;
    const [value, ofPreActivation, ofMean, ofLogVar, ofLogSigma] = JSON.parse(run(program));
    expect(value.shape).toEqual([]);
    expect(ofPreActivation.shape).toEqual([2, 2]);
    expect(ofPreActivation.data.every((slope: number) => Number.isFinite(slope) && slope !== 0)).toBe(true);
    // Weight 4, and a mean over a batch of 2: twice the mean, and twice half of exp(logVar) - 1.
    expectClose(ofMean.data, [2, 0, 0.5, 1.5]);
    expectClose(ofLogVar.data, [0.5, -1, 2, 0].map(Math.expm1));
    expect(ofLogSigma?.shape).toEqual('sigma' in spec && spec.sigma === 'learned' ? [] : undefined);
  });

  it('a decoder mean does', () => {
    const program = `${prelude}
      const { mean } = createLikelihood({ type: 'bernoulli', output: 'sigmoid' });
      process.stdout.write(String(tf.grad((t) => meanOverBatch(klStandardNormal(mean({ output: t }), x)))(p).shape));`;
    expect(run(program)).toBe('2,2');
  });

  it('the first snippet of the README runs as it is', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const [, snippet, , output] = /```js\n([\s\S]*?)```\n([\s\S]*?)```text\n([\s\S]*?)```/.exec(readme)!;
    expect(run(snippet!)).toBe(output);
  });
});
