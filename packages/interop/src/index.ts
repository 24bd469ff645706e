export { exportKeras, type KerasFiles } from './keras/export-keras.ts';
export { type ImportKerasOptions, importKeras } from './keras/import-keras.ts';
export type { ImportedModel, ModelToExport } from './model-to-export.ts';
export { type ExportOnnxOptions, exportOnnx, type OnnxFiles } from './onnx/export-onnx.ts';
export { importOnnx } from './onnx/import-onnx.ts';
export { exportTorch, type TorchFiles } from './torch/export-torch.ts';
export { type ImportStateDictOptions, importStateDict } from './torch/import-state-dict.ts';
export { importTorch } from './torch/import-torch.ts';
