export {
  type ExportOnnxOptions,
  exportOnnx,
  type ModelToExport,
  type OnnxFiles,
} from './onnx/export-onnx.ts';
export { type ImportedModel, importOnnx } from './onnx/import-onnx.ts';
