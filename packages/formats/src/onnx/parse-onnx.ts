import { LatentkitError, shorten, sizeOfShape } from '@latentkit/core';
import { asBytes } from '../arrays/as-bytes.ts';
import { HOST_IS_LITTLE_ENDIAN, swapBytes } from '../arrays/swap-bytes.ts';
import { MAX_DIMENSIONS, MAX_ELEMENTS } from '../limits.ts';
import { readProtobuf } from '../protobuf/protobuf-reader.ts';
import {
  ATTRIBUTE_TYPES,
  ELEMENT_TYPES,
  FIELDS,
  type OnnxAttribute,
  type OnnxModel,
  type OnnxNode,
  type OnnxTensor,
  type OnnxValue,
} from './onnx-model.ts';

/**
 * Reads an ONNX file whose weights lie within it as float32, as {@link encodeOnnx} writes it; what such a file has beside that (functions,
 * subgraphs, sparse and external tensors) is left out where it is not asked for, and refused where it is.
 *
 * @throws `E_FORMAT` for what is no ONNX file, one that is damaged, or whose tensors are of other types or elsewhere; `E_LIMIT` for tensors
 * that claim too much.
 * @example
 * const { metadata, tensors } = parseOnnx(await readFile('encoder_model.onnx'));
 */
export function parseOnnx(file: Uint8Array | ArrayBufferLike): OnnxModel {
  const bytes = asBytes('parseOnnx', file);
  try {
    return modelOf(bytes);
  } catch (cause) {
    if (cause instanceof LatentkitError) throw cause;
    throw wrong((cause as Error).message, cause);
  }
}

const wrong = (words: string, cause?: unknown) =>
  new LatentkitError('E_FORMAT', `parseOnnx: expected an ONNX file, but ${words}`, { cause });

const decoder = new TextDecoder('utf-8', { fatal: true });

function textOf(value: number | Uint8Array): string {
  if (typeof value === 'number') throw wrong('a text is a number');
  try {
    return decoder.decode(value);
  } catch (cause) {
    throw wrong('a text is no UTF-8', cause);
  }
}

function bytesOf(value: number | Uint8Array): Uint8Array {
  if (typeof value === 'number') throw wrong('a message is a number');
  return value;
}

function numberOf(value: number | Uint8Array): number {
  if (typeof value !== 'number') throw wrong('a number is a message');
  return value;
}

function modelOf(bytes: Uint8Array): OnnxModel {
  const model = { opset: 0, producer: { name: '', version: '' } };
  const metadata: Record<string, string> = Object.create(null);
  let graph: Uint8Array | undefined;
  for (const { number, value } of readProtobuf(bytes)) {
    if (number === FIELDS.model.producerName) model.producer.name = textOf(value);
    else if (number === FIELDS.model.producerVersion) model.producer.version = textOf(value);
    else if (number === FIELDS.model.graph) graph = bytesOf(value);
    else if (number === FIELDS.model.opsetImport) {
      for (const field of readProtobuf(bytesOf(value))) {
        if (field.number === FIELDS.opset.version) model.opset = numberOf(field.value);
      }
    } else if (number === FIELDS.model.metadata) {
      let [key, text] = ['', ''];
      for (const field of readProtobuf(bytesOf(value))) {
        if (field.number === FIELDS.entry.key) key = textOf(field.value);
        else if (field.number === FIELDS.entry.value) text = textOf(field.value);
      }
      metadata[key] = text;
    }
  }
  if (!graph) throw wrong('it holds no graph');
  return { ...model, metadata, ...graphOf(graph) };
}

function graphOf(bytes: Uint8Array): Omit<OnnxModel, 'opset' | 'producer' | 'metadata'> {
  let name = '';
  const [nodes, inputs, outputs] = [[] as OnnxNode[], [] as OnnxValue[], [] as OnnxValue[]];
  const tensors: Record<string, OnnxTensor> = Object.create(null);
  for (const { number, value } of readProtobuf(bytes)) {
    if (number === FIELDS.graph.name) name = textOf(value);
    else if (number === FIELDS.graph.node) nodes.push(nodeOf(bytesOf(value)));
    else if (number === FIELDS.graph.input) inputs.push(readValue(bytesOf(value)));
    else if (number === FIELDS.graph.output) outputs.push(readValue(bytesOf(value)));
    else if (number === FIELDS.graph.tensor) {
      const tensor = tensorOf(bytesOf(value));
      if (tensor.name in tensors) throw wrong(`two tensors are called '${shorten(tensor.name)}'`);
      tensors[tensor.name] = tensor.array;
    }
  }
  return { name, nodes, inputs, outputs, tensors };
}

function nodeOf(bytes: Uint8Array): OnnxNode {
  const node = { operator: '', name: '' };
  const [inputs, outputs] = [[] as string[], [] as string[]];
  const attributes: Record<string, OnnxAttribute> = Object.create(null);
  for (const { number, value } of readProtobuf(bytes)) {
    if (number === FIELDS.node.input) inputs.push(textOf(value));
    else if (number === FIELDS.node.output) outputs.push(textOf(value));
    else if (number === FIELDS.node.name) node.name = textOf(value);
    else if (number === FIELDS.node.operator) node.operator = textOf(value);
    else if (number === FIELDS.node.attribute) {
      const [name, attribute] = attributeOf(bytesOf(value));
      if (attribute) attributes[name] = attribute;
    }
  }
  return { ...node, inputs, outputs, attributes };
}

/** Undefined for one of a kind that we do not write. */
function attributeOf(bytes: Uint8Array): [string, OnnxAttribute | undefined] {
  let [name, type, int, float] = ['', 0, 0, 0];
  const ints: number[] = [];
  for (const { number, value } of readProtobuf(bytes)) {
    if (number === FIELDS.attribute.name) name = textOf(value);
    else if (number === FIELDS.attribute.type) type = numberOf(value);
    else if (number === FIELDS.attribute.int) int = numberOf(value);
    else if (number === FIELDS.attribute.float) float = floatOf(bytesOf(value));
    else if (number === FIELDS.attribute.ints) pushInts(ints, value);
  }
  if (type === ATTRIBUTE_TYPES.int) return [name, { int }];
  if (type === ATTRIBUTE_TYPES.ints) return [name, { ints }];
  return [name, type === ATTRIBUTE_TYPES.float ? { float } : undefined];
}

const floatOf = (bytes: Uint8Array) =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getFloat32(0, true);

/** Numbers one by one, or packed into one field, as other writers do. */
function pushInts(into: number[], value: number | Uint8Array): void {
  if (typeof value === 'number') {
    into.push(value);
    return;
  }
  // A packed list is a message's numbers without their keys: each is read as if it stood behind one.
  let start = 0;
  for (let i = 0; i < value.length; i++) {
    if (value[i]! >= 128) continue;
    const one = new Uint8Array(i - start + 2);
    one[0] = 8;
    one.set(value.subarray(start, i + 1), 1);
    for (const field of readProtobuf(one)) into.push(numberOf(field.value));
    start = i + 1;
  }
  if (start !== value.length) throw wrong('a list of numbers is cut off');
}

function tensorOf(bytes: Uint8Array): { name: string; array: OnnxTensor } {
  let name = '';
  let type = 0;
  let raw: Uint8Array | undefined;
  const shape: number[] = [];
  for (const { number, value } of readProtobuf(bytes)) {
    if (number === FIELDS.tensor.name) name = textOf(value);
    else if (number === FIELDS.tensor.dims) pushInts(shape, value);
    else if (number === FIELDS.tensor.dataType) type = numberOf(value);
    else if (number === FIELDS.tensor.rawData) raw = bytesOf(value);
  }
  const what = `tensor '${shorten(name)}'`;
  if (shape.length > MAX_DIMENSIONS || shape.some((size) => size < 0)) {
    throw wrong(`${what} has the shape [${shorten(shape.join(', '))}]`);
  }
  const size = sizeOfShape(shape);
  if (size > MAX_ELEMENTS) {
    throw new LatentkitError('E_LIMIT', `parseOnnx: ${what} claims ${size} numbers, ${MAX_ELEMENTS} at most`);
  }
  const isFloat = type === ELEMENT_TYPES.float32;
  if (!isFloat && type !== ELEMENT_TYPES.int64)
    throw wrong(`${what} is of type ${type}; float32 is 1, int64 7`);
  if (!raw) throw wrong(`${what} does not hold its numbers as bytes`);
  const width = isFloat ? 4 : 8;
  if (raw.length !== size * width) throw wrong(`${what} is ${size * width} bytes long, got ${raw.length}`);
  const own = raw.slice();
  if (!HOST_IS_LITTLE_ENDIAN) swapBytes(own, width);
  return isFloat
    ? { name, array: { shape, data: new Float32Array(own.buffer) } }
    : { name, array: { shape, data: new BigInt64Array(own.buffer) } };
}

function readValue(bytes: Uint8Array): OnnxValue {
  let name = '';
  let denotation: string | undefined;
  const shape: (number | string)[] = [];
  const dimensions: string[] = [];
  for (const { number, value } of readProtobuf(bytes)) {
    if (number === FIELDS.value.name) name = textOf(value);
    else if (number === FIELDS.value.type) readType(bytesOf(value));
  }
  function readType(type: Uint8Array): void {
    for (const { number, value } of readProtobuf(type)) {
      if (number === FIELDS.type.denotation) denotation = textOf(value);
      else if (number === FIELDS.type.tensor) readTensorType(bytesOf(value));
    }
  }
  function readTensorType(tensor: Uint8Array): void {
    for (const { number, value } of readProtobuf(tensor)) {
      if (number !== FIELDS.tensorType.shape) continue;
      for (const field of readProtobuf(bytesOf(value))) readDimension(bytesOf(field.value));
    }
  }
  function readDimension(dimension: Uint8Array): void {
    let size: number | string = '';
    let what = '';
    for (const { number, value } of readProtobuf(dimension)) {
      if (number === FIELDS.dimension.size) size = numberOf(value);
      else if (number === FIELDS.dimension.name) size = textOf(value);
      else if (number === FIELDS.dimension.denotation) what = textOf(value);
    }
    shape.push(size);
    dimensions.push(what);
  }
  return {
    ...{ name, shape },
    ...(denotation && { denotation }),
    ...(dimensions.some((what) => what !== '') && { dimensions }),
  };
}
