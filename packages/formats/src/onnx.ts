// An entry of its own: who reads weights and images has no use for it.
export { encodeOnnx } from './onnx/encode-onnx.ts';
export type { OnnxAttribute, OnnxModel, OnnxNode, OnnxTensor, OnnxValue } from './onnx/onnx-model.ts';
export { parseOnnx } from './onnx/parse-onnx.ts';
