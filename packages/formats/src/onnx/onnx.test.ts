import { describe, expect, it } from 'vitest';
import { createProtobufWriter } from '../protobuf/protobuf-writer.ts';
import { encodeOnnx } from './encode-onnx.ts';
import type { OnnxModel } from './onnx-model.ts';
import { parseOnnx } from './parse-onnx.ts';

const MODEL: OnnxModel = {
  ...{ name: 'both', opset: 17, producer: { name: 'tester', version: '1' }, metadata: { größe: 'π', a: '' } },
  inputs: [{ name: 'x', shape: ['batch', 2], denotation: 'TENSOR', dimensions: ['DATA_BATCH', ''] }],
  outputs: [{ name: 'y', shape: ['batch', 1] }],
  tensors: {
    kernel: { shape: [2, 1], data: Float32Array.of(0.1, -2) },
    scale: { shape: [], data: Float32Array.of(3) },
    shape: { shape: [2], data: BigInt64Array.of(-1n, 1n) },
  },
  nodes: [
    { operator: 'MatMul', name: 'product', inputs: ['x', 'kernel'], outputs: ['product'], attributes: {} },
    {
      ...{ operator: 'LeakyRelu', name: 'y', inputs: ['product'], outputs: ['y'] },
      attributes: { alpha: { float: 0.25 }, axis: { int: -1 }, pads: { ints: [0, 1, 300, -2] } },
    },
  ],
};

it('reads what it writes', () => {
  expect(parseOnnx(encodeOnnx(MODEL))).toEqual(MODEL);
});

it('reads lists that other writers pack into one field', () => {
  const dims = createProtobufWriter()
    .bytes(1, Uint8Array.of(2, 0x81, 0x01))
    .integer(2, 1)
    .text(8, 'w');
  const tensor = dims.bytes(9, new Uint8Array(4 * 2 * 129));
  const graph = createProtobufWriter().message(5, tensor);
  const { tensors } = parseOnnx(createProtobufWriter().message(7, graph).finish());
  expect(tensors.w!.shape).toEqual([2, 129]);
});

it('a tensor whose shape and numbers disagree is not written', () => {
  const tensors = { kernel: { shape: [3, 1], data: new Float32Array(2) } };
  expect(() => encodeOnnx({ ...MODEL, tensors })).toThrow(expect.objectContaining({ code: 'E_SHAPE' }));
  expect(() => encodeOnnx({} as never)).toThrow(expect.objectContaining({ code: 'E_USAGE' }));
});

describe('refuses', () => {
  const graph = (tensor: ReturnType<typeof createProtobufWriter>) =>
    createProtobufWriter().message(7, createProtobufWriter().message(5, tensor)).finish();
  const tensor = () => createProtobufWriter().text(8, 'w').integer(2, 1);
  it.each([
    ['nothing', new Uint8Array(), 'E_FORMAT'],
    ['a text', new TextEncoder().encode('dear diary'), 'E_FORMAT'],
    ['a file cut off', encodeOnnx(MODEL).slice(0, 90), 'E_FORMAT'],
    ['numbers of another length', graph(tensor().integer(1, 3).bytes(9, new Uint8Array(8))), 'E_FORMAT'],
    [
      'numbers of another type',
      graph(createProtobufWriter().integer(2, 11).integer(1, 1).bytes(9, new Uint8Array(8))),
      'E_FORMAT',
    ],
    ['numbers that lie elsewhere', graph(tensor().integer(1, 2)), 'E_FORMAT'],
    ['a negative size', graph(tensor().integer(1, -2).bytes(9, new Uint8Array(8))), 'E_FORMAT'],
    [
      'a claim beyond memory',
      graph(
        tensor()
          .integer(1, 2 ** 50)
          .bytes(9, new Uint8Array(8)),
      ),
      'E_LIMIT',
    ],
    ['a group, which nobody writes any more', Uint8Array.of(0x0b, 0x0c), 'E_FORMAT'],
    ['field 0', Uint8Array.of(0x00, 0x01), 'E_FORMAT'],
    ['a number that does not end', new Uint8Array(20).fill(0xff), 'E_FORMAT'],
  ])('%s', (_, bytes, code) => {
    expect(() => parseOnnx(bytes)).toThrow(expect.objectContaining({ code }));
  });
});
