import { LatentkitError, sizeOfShape } from '@latentkit/core';
import { checkValue, having } from '@latentkit/core/options';
import { HOST_IS_LITTLE_ENDIAN, swapBytes } from '../arrays/swap-bytes.ts';
import { createProtobufWriter, type ProtobufWriter } from '../protobuf/protobuf-writer.ts';
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

/** What runtimes since ONNX 1.12 (2022) read; newer ones are refused by older runtimes. */
const IR_VERSION = 8;

const modelRule = having('an ONNX model', {
  name: 'string',
  opset: 'number',
  producer: 'object',
  metadata: 'object',
  inputs: 'object',
  outputs: 'object',
  tensors: 'object',
  nodes: 'object',
});

/**
 * Writes an ONNX file: the same model always gives the same bytes. Whether its operators fit together is for whoever made it to know.
 *
 * @throws `E_SHAPE` where a tensor's shape and its numbers disagree; `E_USAGE` for what is no model.
 * @example
 * const file = encodeOnnx({
 *   name: 'twice', opset: 17, producer: { name: 'me', version: '1' }, metadata: {},
 *   inputs: [{ name: 'x', shape: ['batch'] }], outputs: [{ name: 'y', shape: ['batch'] }], tensors: {},
 *   nodes: [{ operator: 'Add', name: 'add', inputs: ['x', 'x'], outputs: ['y'] }],
 * });
 * @see https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 */
export function encodeOnnx(model: OnnxModel): Uint8Array {
  checkValue('encodeOnnx', 'model', model, modelRule);
  const { opset, producer, metadata } = model;
  const fields = FIELDS.model;
  const file = createProtobufWriter()
    .integer(fields.irVersion, IR_VERSION)
    .text(fields.producerName, producer.name)
    .text(fields.producerVersion, producer.version)
    .message(fields.graph, graphOf(model))
    .message(fields.opsetImport, createProtobufWriter().integer(FIELDS.opset.version, opset));
  for (const [key, value] of Object.entries(metadata)) {
    file.message(
      fields.metadata,
      createProtobufWriter().text(FIELDS.entry.key, key).text(FIELDS.entry.value, value),
    );
  }
  return file.finish();
}

function graphOf({ name, nodes, tensors, inputs, outputs }: OnnxModel): ProtobufWriter {
  const fields = FIELDS.graph;
  const graph = createProtobufWriter();
  for (const node of nodes) graph.message(fields.node, nodeOf(node));
  graph.text(fields.name, name);
  for (const [name, tensor] of Object.entries(tensors)) graph.message(fields.tensor, tensorOf(name, tensor));
  for (const value of inputs) graph.message(fields.input, writeValue(value));
  for (const value of outputs) graph.message(fields.output, writeValue(value));
  return graph;
}

function nodeOf({ operator, name, inputs, outputs, attributes = {} }: OnnxNode): ProtobufWriter {
  const fields = FIELDS.node;
  const node = createProtobufWriter();
  for (const input of inputs) node.text(fields.input, input);
  for (const output of outputs) node.text(fields.output, output);
  node.text(fields.name, name).text(fields.operator, operator);
  for (const [key, attribute] of Object.entries(attributes)) {
    node.message(fields.attribute, attributeOf(key, attribute));
  }
  return node;
}

function attributeOf(name: string, attribute: OnnxAttribute): ProtobufWriter {
  const fields = FIELDS.attribute;
  const writer = createProtobufWriter().text(fields.name, name);
  if ('float' in attribute) {
    return writer.float(fields.float, attribute.float).integer(fields.type, ATTRIBUTE_TYPES.float);
  }
  if ('int' in attribute) {
    return writer.integer(fields.int, attribute.int).integer(fields.type, ATTRIBUTE_TYPES.int);
  }
  for (const value of attribute.ints) writer.integer(fields.ints, value);
  return writer.integer(fields.type, ATTRIBUTE_TYPES.ints);
}

function tensorOf(name: string, { shape, data }: OnnxTensor): ProtobufWriter {
  if (data.length !== sizeOfShape(shape)) {
    throw new LatentkitError(
      'E_SHAPE',
      `encodeOnnx: '${name}' is [${shape.join(', ')}], ${sizeOfShape(shape)} numbers, got ${data.length}`,
    );
  }
  const fields = FIELDS.tensor;
  const writer = createProtobufWriter();
  for (const size of shape) writer.integer(fields.dims, size);
  const type = data instanceof Float32Array ? ELEMENT_TYPES.float32 : ELEMENT_TYPES.int64;
  const bytes = new Uint8Array(data.slice().buffer);
  if (!HOST_IS_LITTLE_ENDIAN) swapBytes(bytes, data.BYTES_PER_ELEMENT);
  return writer.integer(fields.dataType, type).text(fields.name, name).bytes(fields.rawData, bytes);
}

function writeValue({ name, shape, denotation, dimensions }: OnnxValue): ProtobufWriter {
  const dims = createProtobufWriter();
  for (const [i, size] of shape.entries()) {
    const dimension = createProtobufWriter();
    if (typeof size === 'number') dimension.integer(FIELDS.dimension.size, size);
    else dimension.text(FIELDS.dimension.name, size);
    if (dimensions?.[i]) dimension.text(FIELDS.dimension.denotation, dimensions[i]);
    dims.message(FIELDS.shape.dimension, dimension);
  }
  const tensor = createProtobufWriter()
    .integer(FIELDS.tensorType.elementType, ELEMENT_TYPES.float32)
    .message(FIELDS.tensorType.shape, dims);
  const type = createProtobufWriter().message(FIELDS.type.tensor, tensor);
  if (denotation) type.text(FIELDS.type.denotation, denotation);
  return createProtobufWriter().text(FIELDS.value.name, name).message(FIELDS.value.type, type);
}
