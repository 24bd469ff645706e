import { defaultDevice, init, jit, nn, numpy as np, tree, valueAndGrad } from '@jax-js/jax';
import { type NamedArrays, normalRows, Stream } from '@latentkit/core';
import { createModel } from '@latentkit/models';
import type { BenchModel } from '../bench-rows.ts';
import { FIRST_STEPS } from '../protocol.ts';
import type { LoadedWorkload } from '../workload.ts';
import type { EngineRows, RunningRow } from './answer-rows.ts';
import { endlessBatches } from './tfjs-rows.ts';

/** The dense VAE in jax-js on its `wasm` device. */
export async function jaxJsRows(loaded: LoadedWorkload, version: string): Promise<EngineRows> {
  await init('wasm');
  defaultDevice('wasm');
  const dense = loaded.workload.models['keras-dense']!;
  return {
    rows: { 'train-step/keras-dense': () => startTraining(dense, loaded) },
    workers: 1,
    versions: { jaxJs: version },
    missing: { 'train-step/keras-conv': 'its convolutions take minutes a step' },
  };
}

type Arrays = Record<string, np.Array>;

/** Every use of an array but its last is `.ref`: jax-js counts them. */
function loss(p: Arrays, x: np.Array, noise: np.Array, beta: number): np.Array {
  const batch = x.shape[0]!;
  const layer = (input: np.Array, name: string) =>
    np.matmul(input, p[`${name}.kernel`]!).add(p[`${name}.bias`]!);
  const hidden = nn.relu(layer(x.ref, 'encoder.hidden1'));
  const mean = layer(hidden.ref, 'encoder.mean');
  const logVar = layer(hidden, 'encoder.logVar');
  const latent = mean.ref.add(np.exp(logVar.ref.mul(0.5)).mul(noise));
  const logits = layer(nn.relu(layer(latent, 'decoder.hidden1')), 'decoder.output');
  const softplus = np.log1p(np.exp(np.negative(np.absolute(logits.ref)))).add(np.maximum(logits.ref, 0));
  const reconstruction = softplus
    .sub(logits.mul(x))
    .sum()
    .mul(1 / batch);
  const kl = np
    .square(mean)
    .add(np.exp(logVar.ref))
    .sub(logVar)
    .sub(1)
    .sum()
    .mul(0.5 / batch);
  return reconstruction.add(kl.mul(beta));
}

function startTraining(
  { spec, batchSize, seed, learningRate, beta, optimizer }: BenchModel,
  { workload: { shape, count }, images }: LoadedWorkload,
): RunningRow {
  if (optimizer.name !== 'adam') throw new Error(`there is no ${optimizer.name} here`);
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = optimizer;
  const initial = createModel(spec).initialize(seed);
  const gradients = valueAndGrad((p: Arrays, x: np.Array, noise: np.Array) => loss(p, x, noise, beta));
  // `rate` is the learning rate over the first moment's correction, `scale` one over the second's.
  const update = jit(
    (p: Arrays, m: Arrays, v: Arrays, x: np.Array, noise: np.Array, rate: np.Array, scale: np.Array) => {
      const [value, g] = gradients(tree.ref(p), x, noise) as [np.Array, Arrays];
      const next: [Arrays, Arrays, Arrays] = [{}, {}, {}];
      for (const name of Object.keys(initial)) {
        const first = m[name]!.mul(beta1).add(g[name]!.ref.mul(1 - beta1));
        const second = v[name]!.mul(beta2).add(np.square(g[name]!).mul(1 - beta2));
        const size = np.sqrt(second.ref.mul(scale.ref)).add(epsilon);
        next[0][name] = p[name]!.sub(first.ref.mul(rate.ref).div(size));
        next[1][name] = first;
        next[2][name] = second;
      }
      rate.dispose();
      scale.dispose();
      return [value, ...next] as [np.Array, Arrays, Arrays, Arrays];
    },
  );
  let state: [Arrays, Arrays, Arrays] = [toArrays(initial), zerosLike(initial), zerosLike(initial)];
  const source = endlessBatches({ shape, count, images }, batchSize, seed);
  let step = 0;
  const losses: number[] = [];
  return {
    losses,
    async time() {
      const started = performance.now();
      step++;
      const { value: batch } = source.next();
      const x = np.array(batch!.x.data as Float32Array<ArrayBuffer>).reshape([batchSize, -1]);
      const numbers = normalRows(batchSize, spec.latentDim, { seed, stream: Stream.latentNoise, step });
      const noise = np.array(numbers as Float32Array<ArrayBuffer>).reshape([batchSize, spec.latentDim]);
      const rate = np.array(learningRate / (1 - beta1 ** step));
      const scale = np.array(1 / (1 - beta2 ** step));
      const [value, ...next] = update(...state, x, noise, rate, scale);
      state = next;
      const [number] = await value.data();
      if (!Number.isFinite(number)) throw new Error(`the loss became ${number}`);
      if (losses.length < FIRST_STEPS) losses.push(number!);
      return performance.now() - started;
    },
    close: () => tree.dispose(state),
  };
}

function toArrays(arrays: NamedArrays): Arrays {
  return Object.fromEntries(
    Object.entries(arrays).map(([name, { data, shape }]) => [
      name,
      np.array(data as Float32Array<ArrayBuffer>).reshape([...shape]),
    ]),
  );
}

function zerosLike(arrays: NamedArrays): Arrays {
  return Object.fromEntries(Object.entries(arrays).map(([name, { shape }]) => [name, np.zeros([...shape])]));
}
