import { LatentkitError } from '@latentkit/core';
import { checkOptions, flagRule, textRule } from '@latentkit/core/options';
import {
  type Arithmetic,
  createNnKernels,
  enableRevectorization,
  type NnKernels,
  setFastestTile,
} from '@latentkit/kernels/nn';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { arithmeticRule } from './arithmetic-rule.ts';
import { keepListeners } from './keep-listeners.ts';
import { composedKernelOf, compositions } from './lowerings/composition.ts';
import { depthwiseKernels } from './lowerings/depthwise-conv2d.ts';
import { identityKernel } from './lowerings/identity.ts';
import type { KernelContext } from './lowerings/kernel-context.ts';
import { wasmKernelOf } from './lowerings/lowering.ts';
import { lowerings } from './lowerings/lowerings.ts';
import { maxPoolGradKernel } from './lowerings/max-pool-grad.ts';
import { memoryOfTfjs, type TfjsWasmBackend } from './tfjs-wasm.ts';
import { whyNoWasm } from './why-no-wasm.ts';

/** Kernels that only tfjs's WASM backend needs; a recorded program does without. */
const OTHERS = [...depthwiseKernels, maxPoolGradKernel, identityKernel];

/** What a backend's kernels compute by, and what they have computed by so far. */
interface Prepared {
  readonly context: KernelContext;
  readonly known: Map<Arithmetic['name'], NnKernels>;
}

const prepared = new WeakMap<TfjsWasmBackend, Promise<Prepared>>();
let starting: Promise<Prepared> | undefined;

export interface WasmBackendOptions {
  /**
   * Where to fetch `tfjs-backend-wasm-simd.wasm` from, for pages whose content security policy forbids blob URLs. By
   * default Node reads tfjs's own file, and a browser unpacks the copy in this package.
   */
  wasmUrl?: string;
  /**
   * Lets V8 join pairs of SIMD operations for AVX where it can (Node 24 on x64), with the same bits; true by default.
   * The environment variable `LATENTKIT_REVECTORIZE=0` turns it off too.
   */
  revectorize?: boolean;
  /**
   * How tfjs rounds sums of products from now on, in all of this program: `strict`, as it begins, to the same bits everywhere; or `fused` of
   * `@latentkit/kernels/nn-fused`. Left out, it stays as it is.
   */
  arithmetic?: Arithmetic;
}

/**
 * Makes tfjs compute on WebAssembly with Latentkit's kernels: one thread, SIMD, the same bits in Node, browsers and
 * workers. Call it once before the first tensor, in each worker too; further calls only make `wasm` the current backend, and set the arithmetic.
 *
 * @throws `E_BACKEND` when the engine has no SIMD, or no fused multiply-add for an arithmetic that wants it, a page's content security policy or server is in the way (the message
 *   names what to change), tfjs hides its memory (4.22.0 does not), or its threaded build was started before.
 * @example
 * await startWasmBackend();
 * tf.matMul(a, b, true, false); // the transpose costs nothing
 */
export async function startWasmBackend(options: WasmBackendOptions = {}): Promise<void> {
  checkOptions('startWasmBackend', options, {
    wasmUrl: textRule,
    revectorize: flagRule,
    arithmetic: arithmeticRule,
  });
  const { wasmUrl, revectorize = true, arithmetic } = options;
  // Two starts at once would make tfjs drop the first: callers share the one under way.
  enableRevectorization({ enabled: revectorize });
  starting ??= start(wasmUrl).finally(() => {
    starting = undefined;
  });
  const { context, known } = await starting;
  if (!arithmetic) return;
  const nn = known.get(arithmetic.name) ?? (await createFastest(context.backend, arithmetic));
  known.set(arithmetic.name, nn);
  context.nn = nn;
}

async function createFastest(backend: TfjsWasmBackend, arithmetic?: Arithmetic): Promise<NnKernels> {
  const nn = await createNnKernels(memoryOfTfjs(backend), { arithmetic });
  setFastestTile(nn);
  return nn;
}

async function start(wasmUrl: string | undefined): Promise<Prepared> {
  // Not tf.findBackend, which starts a backend that it does not find: with threads, and from another URL.
  const url = 'wasm' in tf.engine().registry ? undefined : await configureTfjs(wasmUrl);
  if (url !== undefined && !isNode()) {
    const obstacle = await whyNoWasm(url, globalThis);
    if (obstacle) throw obstacle;
  }
  if (!(await keepListeners(() => tf.setBackend('wasm')))) {
    throw new LatentkitError('E_BACKEND', 'startWasmBackend: tfjs could not start its WASM backend', {
      fix: 'Check that @tensorflow/tfjs-backend-wasm 4.22.0 is installed once, and see the console',
    });
  }
  const backend = tf.backend() as TfjsWasmBackend;
  let ready = prepared.get(backend);
  if (!ready) {
    ready = replaceKernels(backend);
    prepared.set(backend, ready);
  }
  return ready;
}

/** Where tfjs will fetch its binary from; undefined where it reads its own file. */
async function configureTfjs(wasmUrl: string | undefined): Promise<string | undefined> {
  if (!(await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT'))) {
    throw new LatentkitError('E_BACKEND', 'startWasmBackend: this engine has no WebAssembly SIMD', {
      fix: 'Use Node >= 22.12, or a browser of 2023 or later',
    });
  }
  // tfjs's threaded build keeps its tensors in a shared memory, which our kernels cannot import.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  const url = wasmUrl ?? (isNode() ? undefined : await embeddedBinaryUrl());
  if (url !== undefined) {
    setWasmPaths({
      'tfjs-backend-wasm.wasm': url,
      'tfjs-backend-wasm-simd.wasm': url,
      'tfjs-backend-wasm-threaded-simd.wasm': url,
    });
  }
  return url;
}

function isNode(): boolean {
  return typeof process !== 'undefined' && process.versions?.node !== undefined;
}

async function embeddedBinaryUrl(): Promise<string> {
  const { tfjsBinary } = await import('./generated/tfjs-binary.ts');
  const bytes = Uint8Array.from(atob(tfjsBinary), (character) => character.charCodeAt(0));
  return URL.createObjectURL(new Blob([bytes], { type: 'application/wasm' }));
}

async function replaceKernels(backend: TfjsWasmBackend): Promise<Prepared> {
  const context: KernelContext = { backend, nn: await createFastest(backend) };
  const original = (kernelName: string) => tf.getKernel(kernelName, 'wasm')?.kernelFunc;
  const configs = [
    ...lowerings.map((one) => wasmKernelOf(context, one, original(one.kernelName))),
    ...compositions.map((one) => composedKernelOf('wasm', one, original(one.kernelName)!)),
    ...OTHERS.map((define) => define(context)),
  ];
  for (const config of configs) {
    if (tf.getKernel(config.kernelName, 'wasm')) tf.unregisterKernel(config.kernelName, 'wasm');
    tf.registerKernel(config);
  }
  return { context, known: new Map([[context.nn.arithmetic, context.nn]]) };
}
