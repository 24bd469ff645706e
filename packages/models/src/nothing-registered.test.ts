import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { conv, mlp, specOf } from './testing/model-specs.ts';

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

describe('in a process of its own, with no gradients registered', () => {
  it("tfjs's own product does not differentiate", () => {
    const program = `
      import * as tf from '@tensorflow/tfjs-core';
      import '@tensorflow/tfjs-backend-cpu';
      try { tf.grad((t) => tf.matMul(t, t))(tf.eye(2)); } catch (error) { process.stdout.write(error.message); }`;
    expect(run(program)).toContain('gradient function not found for BatchMatMul');
  });

  it.each([
    specOf([5, 4, 1], 2, mlp([3], 'leakyRelu'), mlp([3], 'tanh')),
    specOf([5, 4, 3], 2, conv([2, 3], { hidden: [4] }), conv([3, 2])),
  ])('a model with $encoder.type parts does', (spec) => {
    const program = `
      import * as tf from '@tensorflow/tfjs-core';
      import '@tensorflow/tfjs-backend-cpu';
      import { createModel, parametersToTensors, reparameterize } from '@latentkit/models';
      const model = createModel(${JSON.stringify(spec)});
      const parameters = parametersToTensors(model.initialize(1));
      const names = Object.keys(parameters);
      const { height, width, channels } = model.spec.image;
      const images = tf.ones([2, height, width, channels]);
      const reconstruct = (...tensors) => {
        const varied = Object.fromEntries(names.map((name, i) => [name, tensors[i]]));
        const { mean, logVar } = model.encode(varied, images);
        return model.decode(varied, reparameterize(mean, logVar, tf.ones([2, 2]))).output;
      };
      const gradients = tf.grads(reconstruct)(Object.values(parameters), tf.ones(images.shape));
      process.stdout.write(JSON.stringify(gradients.map((g) => [...g.dataSync()].some((v) => v !== 0))));`;
    const moved: boolean[] = JSON.parse(run(program));
    expect(moved.length).toBeGreaterThan(9);
    expect(moved.every(Boolean)).toBe(true);
  });

  it('a model on an accelerator neither starts nor needs a backend of tfjs, and leaves no tensor', () => {
    const program = `
      import * as tf from '@tensorflow/tfjs-core';
      import { createAccelerator } from '@latentkit/backend';
      import { createModel, openTrainedModel } from '@latentkit/models';
      const spec = ${JSON.stringify(specOf([5, 4, 1], 2, mlp([3]), mlp([3])))};
      const accelerator = await createAccelerator({ workers: 1 });
      const trained = await openTrainedModel(spec, createModel(spec).initialize(1), { accelerator });
      const made = await trained.reconstruct(new Uint8Array(40));
      const drawn = await trained.sample({ count: 2 });
      const left = [Object.keys(tf.engine().registry).length, tf.engine().state.numTensors];
      process.stdout.write(JSON.stringify([made.length, drawn.length, ...left]));
      await accelerator.close();`;
    expect(JSON.parse(run(program))).toEqual([40, 40, 0, 0]);
  });

  it('the first snippet of the README runs as it is', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const [, snippet, , output] = /```js\n([\s\S]*?)```\n([\s\S]*?)```text\n([\s\S]*?)```/.exec(readme)!;
    expect(run(snippet!)).toBe(output);
  });
});
