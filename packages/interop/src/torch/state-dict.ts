import { LatentkitError, type NdArray, shorten } from '@latentkit/core';
import { parseSafetensors } from '@latentkit/formats';
import { parseTorch, type TorchValue } from '@latentkit/formats/torch';

/** Tensors of a model by name, and what else the file says of it. */
export interface StateDict {
  readonly tensors: ReadonlyMap<string, NdArray>;
  /** Whether they come in the order in which the model was put together; else by their names. */
  readonly isOrdered: boolean;
  readonly epoch: number;
  readonly notes: readonly string[];
}

const ZIP = [0x50, 0x4b];
/** Where checkpoints of others keep the weights. */
const USUAL_KEYS = ['state_dict', 'model_state_dict', 'model_state', 'model', 'net', 'weights'];

/** Reads a `state_dict`: safetensors, or a file of `torch.save`; which one, its bytes say, or else its name. */
export async function readStateDict(bytes: Uint8Array, name: string): Promise<StateDict> {
  if (ZIP.every((byte, i) => bytes[i] === byte)) return fromCheckpoint(await parseTorch(bytes));
  if (isSafetensors(bytes) || name.endsWith('.safetensors')) {
    const names = Object.entries(parseSafetensors(bytes).tensors).sort(([a], [b]) => byNumber(a, b));
    return { ...float32(names), isOrdered: false, epoch: 0 };
  }
  return fromCheckpoint(await parseTorch(bytes)); // which says what it is not
}

/** Its header is JSON behind eight bytes of length. */
const isSafetensors = (bytes: Uint8Array) => bytes[8] === '{'.charCodeAt(0);

/** `layers.2` before `layers.10`; else by characters, as `fc21` stands before `fc3`. */
function byNumber(a: string, b: string): number {
  const [left, right] = [a, b].map((name) => name.split('.')) as [string[], string[]];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    if (left[i] === right[i]) continue;
    const difference = Number(left[i]) - Number(right[i]);
    if (Number.isFinite(difference) && difference !== 0) return difference;
    return left[i]! < right[i]! ? -1 : 1;
  }
  return left.length - right.length;
}

function fromCheckpoint(value: TorchValue): StateDict {
  const dictionary = findTensors(value);
  const tensors = [...dictionary].flatMap(([name, one]) =>
    typeof name === 'string' && isTensor(one) ? [[name, one] as const] : [],
  );
  const epoch = value instanceof Map ? value.get('epoch') : undefined;
  const isEpoch = typeof epoch === 'number' && Number.isSafeInteger(epoch) && epoch >= 0;
  return { ...float32(tensors), isOrdered: true, epoch: isEpoch ? epoch : 0 };
}

type Tensor = Extract<TorchValue, { data: unknown }>;
const isTensor = (value: TorchValue): value is Tensor =>
  typeof value === 'object' && value !== null && 'shape' in value && 'data' in value;
const holdsTensors = (value: TorchValue | undefined): value is ReadonlyMap<unknown, TorchValue> =>
  value instanceof Map && [...value].some(([key, one]) => typeof key === 'string' && isTensor(one));

/** The dictionary of tensors: the file itself, or where checkpoints keep it. */
function findTensors(value: TorchValue): ReadonlyMap<unknown, TorchValue> {
  if (holdsTensors(value)) return value;
  const entries = value instanceof Map ? [...(value as ReadonlyMap<unknown, TorchValue>)] : [];
  const usual = USUAL_KEYS.map((key) => entries.find(([name]) => name === key)?.[1]).find(holdsTensors);
  if (usual) return usual;
  const all = entries.filter(([, one]) => holdsTensors(one));
  if (all.length === 1) return all[0]![1] as ReadonlyMap<unknown, TorchValue>;
  const names = all.map(([name]) => `'${shorten(String(name))}'`).join(', ');
  throw new LatentkitError(
    'E_FORMAT',
    `expected a state_dict, tensors by name, got ${all.length > 1 ? `several: ${names}` : 'none'}`,
    { fix: 'Save the weights alone: torch.save(model.state_dict(), path)' },
  );
}

function float32(
  entries: readonly (readonly [string, { shape: readonly number[]; data: ArrayLike<number> }])[],
) {
  const notes: string[] = [];
  const tensors = new Map<string, NdArray>();
  for (const [name, { shape, data }] of entries) {
    tensors.set(name, { shape, data: data instanceof Float32Array ? data : Float32Array.from(data) });
  }
  // Numbers of layers, not what counts batches beside them.
  const weights = entries.filter(([, { shape }]) => shape.length > 0);
  const whole = weights.filter(([, { data }]) => !isFloat(data) || areWhole(data)).map(([name]) => name);
  const doubles = weights.filter(
    ([, { data }]) => data instanceof Float64Array && !data.every(Number.isInteger),
  );
  if (doubles.length > 0) notes.push('its numbers are of double precision, and were rounded to float32');
  if (whole.length > 0) {
    notes.push(
      `${whole.length} of its ${weights.length} tensors hold whole numbers ('${shorten(whole[0]!)}' is the first): taken as they are, which is wrong for weights that were quantised`,
    );
  }
  return { tensors, notes };
}

const isFloat = (data: ArrayLike<number>) => data instanceof Float32Array || data instanceof Float64Array;

/** As 64-bit whole numbers come: floats that are whole, and not all 0, as new biases are. */
const areWhole = (data: ArrayLike<number>) =>
  data instanceof Float64Array && data.every(Number.isInteger) && data.some((value) => value !== 0);
