import { LatentkitError, type NdArray, shorten, sizeOfShape } from '@latentkit/core';
import { asBytes } from '../arrays/as-bytes.ts';
import { countElements } from '../arrays/count-elements.ts';
import type { NumberArray } from '../arrays/number-array.ts';
import { readNumbers, type StoredType, storedBytes } from '../arrays/stored-numbers.ts';
import { MAX_ELEMENTS } from '../limits.ts';
import { readZip, type ZipFile } from '../zip/read-zip.ts';
import { damaged, type PickleValue, unpickle } from './unpickle.ts';

/** A file of `torch.save`: what it holds, dictionaries and lists of tensors, numbers and texts. */
export type TorchValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | NdArray<NumberArray<ArrayBuffer>>
  | readonly TorchValue[]
  | ReadonlyMap<unknown, TorchValue>;

interface Storage {
  readonly type: StoredType;
  readonly key: string;
  readonly count: number;
}

interface Tensor {
  readonly storage: Storage;
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
}

const TYPES: Readonly<Record<string, StoredType>> = {
  ...{
    FloatStorage: 'float32',
    DoubleStorage: 'float64',
    HalfStorage: 'float16',
    BFloat16Storage: 'bfloat16',
  },
  ...{ LongStorage: 'int64', IntStorage: 'int32', ShortStorage: 'int16', CharStorage: 'int8' },
  ...{ ByteStorage: 'uint8', BoolStorage: 'bool' },
};
const [REBUILD, PARAMETER, DICTIONARY, SIZE] = [
  'torch._utils._rebuild_tensor_v2',
  'torch._utils._rebuild_parameter',
  'collections.OrderedDict',
  'torch.Size',
];
const ALLOWED = new Set([
  REBUILD,
  PARAMETER,
  DICTIONARY,
  SIZE,
  ...Object.keys(TYPES).map((name) => `torch.${name}`),
]);
/** How deep dictionaries and lists may lie in each other. */
const MOST_DEPTH = 20;
/** How many times a file's bytes its tensors may come to: they may share numbers, and a stride of 0 makes many of one. */
const MOST_SHARING = 8;

/**
 * Reads a file that `torch.save` wrote of weights: a `state_dict`, or a checkpoint of dictionaries that holds one. Tensors come in the
 * order of rows, whatever their strides; several may share their numbers. float16 and bfloat16 come as float32, 64-bit whole numbers as float64.
 *
 * A pickle is a program. This one is not run: names that it may ask for are those of tensors and dictionaries, and it calls nothing.
 *
 * @throws `E_FORMAT` naming what else the file asks for; for one that is damaged, of PyTorch before 1.6, or big-endian; `E_LIMIT` beyond
 * the limits of {@link readZip}, and for tensors that claim too much.
 * @example
 * const checkpoint = await parseTorch(await readFile('vae.pt'));
 * @see https://pytorch.org/docs/stable/notes/serialization.html
 */
export async function parseTorch(file: Uint8Array | ArrayBufferLike): Promise<TorchValue> {
  const bytes = asBytes('parseTorch', file);
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) {
    throw new LatentkitError('E_FORMAT', 'parseTorch: expected a file of torch.save, a ZIP, got another', {
      fix: 'Files of PyTorch before 1.6 are no ZIPs: load one and save it again with a newer PyTorch',
    });
  }
  const files = readZip(bytes);
  const pickle = files.find(({ name }) => name.endsWith('/data.pkl'));
  if (!pickle) {
    throw new LatentkitError(
      'E_FORMAT',
      'parseTorch: expected a file of torch.save, got a ZIP without data.pkl',
    );
  }
  const folder = pickle.name.slice(0, -'data.pkl'.length);
  const byName = new Map(files.map((one) => [one.name, one]));
  const within = (name: string) => byName.get(folder + name);
  const order = await within('byteorder')?.read();
  if (order && new TextDecoder().decode(order) !== 'little') {
    throw new LatentkitError(
      'E_FORMAT',
      'parseTorch: the file was written by a big-endian machine, which is not read',
    );
  }
  const tensors = new Set<Tensor>();
  const most = MOST_SHARING * bytes.length;
  let claimed = 0;
  const add = (tensor: Tensor) => {
    claimed += checkTensor(tensor);
    if (claimed > most) {
      throw new LatentkitError(
        'E_LIMIT',
        `parseTorch: its tensors claim ${claimed} numbers, of a file of ${bytes.length} bytes`,
        {
          fix: 'Save the weights alone: torch.save(model.state_dict(), path)',
        },
      );
    }
    tensors.add(tensor);
  };
  const value = unpickle(await pickle.read(), {
    allowed: ALLOWED,
    call: (global, given) => callOf(global, given, add),
    load: storageOf,
  });
  const storages = await readStorages(tensors, within);
  return finish(value, { storages, made: new Map(), depth: 0 });
}

/** What the few things give that may be called. */
function callOf(global: string, given: readonly PickleValue[], add: (tensor: Tensor) => void): PickleValue {
  if (global === DICTIONARY) {
    const [pairs = []] = given;
    if (!Array.isArray(pairs)) throw damaged('a dictionary is made of something else');
    return new Map(pairs.map((pair) => (Array.isArray(pair) ? [pair[0]!, pair[1]!] : [null, null])));
  }
  if (global === SIZE) return [...(Array.isArray(given[0]) ? given[0] : [])];
  if (global === PARAMETER) return given[0] ?? null;
  if (global !== REBUILD) throw damaged(`it calls ${shorten(global)}`);
  const [holder, offset, shape, strides] = given;
  const { made } = Object(holder) as { made?: Storage };
  if (!made || typeof offset !== 'number' || !areSizes(shape) || !areSizes(strides)) {
    throw damaged('a tensor is made of something else');
  }
  const tensor = { storage: made, offset, shape, strides };
  add(tensor);
  return { made: tensor };
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const areSizes = (value: unknown): value is number[] => Array.isArray(value) && value.every(isCount);

/** How many numbers it has. */
function checkTensor({ storage, offset, shape, strides }: Tensor): number {
  const count = countElements('parseTorch', shape, MAX_ELEMENTS);
  if (strides.length !== shape.length || !isCount(offset))
    throw damaged('a tensor has strides of another rank');
  if (count === 0) return 0;
  const last = shape.reduce((sum, size, axis) => sum + (size - 1) * strides[axis]!, offset);
  if (last >= storage.count) throw damaged(`a tensor reaches number ${last} of ${storage.count}`);
  return count;
}

/** `('storage', type, key, device, count)`. */
function storageOf(id: PickleValue): PickleValue {
  const [word, type, key, , count] = Array.isArray(id) ? id : [];
  const { global = '' } = Object(type) as { global?: string };
  const stored = TYPES[global.replace('torch.', '')];
  if (word !== 'storage' || !stored || typeof key !== 'string' || !isCount(count)) {
    throw damaged('numbers are spoken of that are no storage');
  }
  const made: Storage = { type: stored, key, count };
  return { made };
}

/** The numbers of each storage that a tensor looks into. */
async function readStorages(
  tensors: Iterable<Tensor>,
  within: (name: string) => ZipFile | undefined,
): Promise<ReadonlyMap<string, NumberArray<ArrayBuffer>>> {
  const storages = new Map<string, NumberArray<ArrayBuffer>>();
  for (const { storage } of tensors) {
    const { type, key, count } = storage;
    if (storages.has(nameOf(storage))) continue;
    const file = within(`data/${key}`);
    if (!file || file.size !== count * storedBytes(type)) {
      throw damaged(
        `expected ${count * storedBytes(type)} bytes of numbers '${shorten(key)}', got ${file?.size ?? 'none'}`,
      );
    }
    const numbers = { type, littleEndian: true, offset: 0, count };
    storages.set(nameOf(storage), readNumbers('parseTorch', await file.read(), numbers));
  }
  return storages;
}

const nameOf = ({ type, key }: Storage) => `${type} ${key}`;

interface Finishing {
  readonly storages: ReadonlyMap<string, NumberArray<ArrayBuffer>>;
  /** Tensors, lists and dictionaries that were met before: many may speak of one. */
  readonly made: Map<object, TorchValue>;
  readonly depth: number;
}

function finish(value: PickleValue, context: Finishing): TorchValue {
  if (typeof value !== 'object' || value === null) return value;
  const known = context.made.get(value);
  if (known !== undefined) return known;
  if (context.depth > MOST_DEPTH) throw damaged(`it is nested ${MOST_DEPTH} deep and more`);
  const inside = { ...context, depth: context.depth + 1 };
  const made = finishObject(value, inside);
  context.made.set(value, made);
  return made;
}

function finishObject(
  value: Exclude<PickleValue, null | string | number | bigint | boolean>,
  context: Finishing,
): TorchValue {
  if (value instanceof Uint8Array) return Array.from(value);
  if (Array.isArray(value)) return value.map((one) => finish(one, context));
  if (value instanceof Map) {
    return new Map(
      Array.from(value, ([key, one]) => [typeof key === 'object' ? String(key) : key, finish(one, context)]),
    );
  }
  if ('made' in value && 'strides' in (value.made as object)) {
    return gather(value.made as Tensor, context.storages.get(nameOf((value.made as Tensor).storage)));
  }
  return 'global' in value ? value.global : null;
}

/** A tensor's numbers, row by row. */
function gather(
  { offset, shape, strides }: Tensor,
  numbers: NumberArray<ArrayBuffer> | undefined,
): NdArray<NumberArray<ArrayBuffer>> {
  if (!numbers) throw damaged('the numbers of a tensor are missing');
  const Kind = numbers.constructor as new (count: number) => NumberArray<ArrayBuffer>;
  const data = new Kind(sizeOfShape(shape));
  const index = shape.map(() => 0);
  let from = offset;
  for (let to = 0; to < data.length; to++) {
    data[to] = numbers[from]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      from -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return { shape, data };
}
