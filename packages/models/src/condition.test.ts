import '@tensorflow/tfjs-backend-cpu';
import { normalRows, Stream } from '@latentkit/core';
import { expectClose } from '@latentkit/testing';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { createModel } from './create-model.ts';
import { parametersToTensors } from './parameters.ts';
import { conv, mlp, specOf } from './testing/model-specs.ts';

await tf.setBackend('cpu');

const condition = { classes: 3 };
const specs = {
  dense: specOf([4, 3, 1], 2, mlp([5], 'tanh'), mlp([4], 'leakyRelu')),
  convolutional: specOf([4, 3, 1], 2, conv([2], { activation: 'tanh' }), conv([2])),
  'without hidden layers': specOf([4, 3, 1], 2, mlp([]), mlp([])),
};

describe.each(Object.entries(specs))('a conditional model, %s', (_, spec) => {
  const plain = createModel(spec);
  const model = createModel({ ...spec, condition });
  const weights = model.initialize(5);
  const x = tf.tensor4d(normalRows(2, 12, { seed: 1, stream: Stream.sample }), [2, 4, 3, 1]);
  const latent = tf.tensor2d([
    [0.5, -1],
    [2, 0.25],
  ]);
  const labels = tf.tensor2d([
    [0, 0, 1],
    [0, 0, 1],
  ]);
  const conditioned = Object.keys(model.parameterShapes).filter((name) => name.endsWith('.condition'));

  /** The plain model whose biases have the class's row added: the same function of images of that class. */
  function shifted() {
    const own = Object.fromEntries(Object.keys(plain.parameterShapes).map((name) => [name, weights[name]!]));
    for (const name of conditioned) {
      const bias = name.replace('.condition', '.bias');
      const { data, shape } = weights[bias]!;
      const row = weights[name]!.data.slice(2 * data.length, 3 * data.length);
      own[bias] = { shape, data: data.map((value, i) => value + row[i]!) as Float32Array };
    }
    return parametersToTensors(own);
  }

  it('is born with the weights of the plain one, and more after them', () => {
    const names = Object.keys(plain.parameterShapes);
    expect(Object.keys(weights).slice(0, names.length)).toEqual(names);
    expect(Object.keys(weights).slice(names.length)).toEqual(conditioned);
    const same = plain.initialize(5);
    for (const name of names) expect(weights[name]).toEqual(same[name]);
  });

  it("adds a row of the class to the first layer's bias, in encoder and decoder", () => {
    const [parameters, own] = [parametersToTensors(weights), shifted()];
    const [code, expected] = [model.encode(parameters, x, { labels }), plain.encode(own, x)];
    expectClose(code.mean.dataSync(), expected.mean.dataSync(), { absolute: 1e-6 });
    expectClose(code.logVar!.dataSync(), expected.logVar!.dataSync(), { absolute: 1e-6 });
    const decoded = model.decode(parameters, latent, { labels }).output.dataSync();
    expectClose(decoded, plain.decode(own, latent).output.dataSync(), { absolute: 1e-6 });
    const other = model.decode(parameters, latent, {
      labels: tf.tensor2d([
        [1, 0, 0],
        [0, 1, 0],
      ]),
    });
    expect(other.output.dataSync()).not.toEqual(decoded);
  });

  it("gives the class's row the gradient of that bias, and the others none", () => {
    const [parameters, own] = [parametersToTensors(weights), shifted()];
    for (const name of conditioned) {
      const bias = name.replace('.condition', '.bias');
      const decodes = name.startsWith('decoder');
      const of = (all: tf.NamedTensorMap, varied: string, conditional: boolean) =>
        tf.grad((value) => {
          const given = { ...all, [varied]: value };
          const options = conditional ? { labels } : {};
          const one = conditional ? model : plain;
          if (decodes) return one.decode(given, latent, options).output;
          return name.includes('logVar')
            ? one.encode(given, x, options).logVar!
            : one.encode(given, x, options).mean;
        })(all[varied]!);
      const gradient = of(parameters as tf.NamedTensorMap, name, true).dataSync();
      const expected = of(own as tf.NamedTensorMap, bias, false).dataSync();
      expect(
        [...gradient.slice(0, 2 * expected.length)].every((value) => value === 0),
        name,
      ).toBe(true);
      expectClose(gradient.slice(2 * expected.length), expected, { absolute: 1e-5, what: name });
    }
  });

  it('tells each of several samples the label of its example', () => {
    const parameters = parametersToTensors(weights);
    const noise = tf.tensor3d(normalRows(2, 6, { seed: 2, stream: Stream.latentNoise }), [2, 3, 2]);
    const mixed = tf.tensor2d([
      [1, 0, 0],
      [0, 0, 1],
    ]);
    const inputs = { x: tf.sigmoid<tf.Tensor4D>(x), labels: mixed, 'noise.z': noise };
    const context = { parameters, inputs, scalars: {}, training: true, emit: () => {} };
    const scores = model.pass(context, { samples: 3 }).logLikelihood().dataSync();
    const { mean, logVar } = model.encode(parameters, inputs.x, { labels: mixed });
    for (let sample = 0; sample < 3; sample++) {
      const own = tf.reshape(tf.slice(noise, [0, sample, 0], [2, 1, 2]), [2, 2]);
      const z = tf.add<tf.Tensor2D>(mean, tf.mul(tf.exp(tf.mul(logVar!, 0.5)), own));
      const alone = model.likelihood.negativeLogLikelihood(
        model.decode(parameters, z, { labels: mixed }),
        inputs.x,
      );
      expectClose(
        [scores[sample]!, scores[3 + sample]!],
        Array.from(alone.dataSync(), (value) => -value),
      );
    }
  });

  it('asks for labels, and says which', () => {
    const parameters = parametersToTensors(weights);
    expect(() => model.encode(parameters, x)).toThrow('expected labels [2, 3], one-hot, got none');
    expect(() => model.encode(parameters, x, { labels: tf.zeros([2, 4]) })).toThrow('got [2, 4]');
  });
});
