import { LatentkitError, shorten } from '@latentkit/core';

/** A layer of a functional or sequential model's config. */
export interface KerasLayer {
  readonly className: string;
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** The layers whose values it takes, in their order. */
  readonly inputs: readonly string[];
  /** Of another module than Keras's own. */
  readonly isCustom: boolean;
}

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const NETWORKS = ['Functional', 'Sequential', 'Model'];

/** Whether a config is of a model that lists its layers. */
export function isNetwork(config: unknown): config is { readonly class_name: string; readonly config: Json } {
  if (!isObject(config) || !NETWORKS.includes(String(config.class_name))) return false;
  return isObject(config.config) ? Array.isArray(config.config.layers) : Array.isArray(config.config);
}

/** The layers of a model's config, in its order. */
export function kerasLayers(
  where: string,
  { class_name, config }: { class_name: string; config: unknown },
): KerasLayer[] {
  const list = (Array.isArray(config) ? config : (config as Json).layers) as readonly unknown[];
  const layers: KerasLayer[] = [];
  for (const one of list) {
    if (!isObject(one) || !isObject(one.config)) throw damaged(where, 'a layer is no object');
    const name = one.name ?? one.config.name;
    if (typeof name !== 'string' || typeof one.class_name !== 'string')
      throw damaged(where, 'a layer has no name');
    const before = layers.at(-1);
    layers.push({
      ...{ className: one.class_name, name, config: one.config },
      inputs: class_name === 'Sequential' ? (before ? [before.name] : []) : inputsOf(one.inbound_nodes),
      isCustom: 'module' in one && !/^keras(\.|$)/.test(String(one.module)),
    });
  }
  return layers;
}

export const damaged = (where: string, words: string) =>
  new LatentkitError('E_FORMAT', `${where}: the model's config is damaged: ${shorten(words)}`);

/** Names of layers in a node, as Keras 3 (`keras_history`) and Keras 2 (`[name, 0, 0, {}]`) write them. */
function inputsOf(nodes: unknown): string[] {
  if (Array.isArray(nodes)) {
    const [name, node, tensor] = nodes;
    if (typeof name === 'string' && typeof node === 'number' && typeof tensor === 'number') return [name];
    return nodes.flatMap(inputsOf);
  }
  if (!isObject(nodes)) return [];
  const history = isObject(nodes.config) ? nodes.config.keras_history : undefined;
  if (Array.isArray(history)) return [String(history[0])];
  return inputsOf(nodes.args ?? []).concat(
    inputsOf(Object.values(isObject(nodes.kwargs) ? nodes.kwargs : {})),
  );
}

/** A shape without the batch: Keras 3 and Keras 2 call it differently. */
export function inputShapeOf({ config }: KerasLayer): number[] | undefined {
  const shape = config.batch_shape ?? config.batch_input_shape;
  if (!Array.isArray(shape) || shape.slice(1).some((size) => !Number.isSafeInteger(size) || size < 1))
    return undefined;
  return shape.slice(1) as number[];
}

/** The name of an activation, of a function or of a layer that is one. */
export function activationName(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return 'linear';
  if (!isObject(value)) return String(value);
  return typeof value.config === 'string' ? value.config : String(value.class_name);
}
