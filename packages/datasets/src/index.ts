export { type BatchesOptions, batches, type ReadBatchesOptions, readBatches } from './batches.ts';
export { type ClassLabels, classesOfTexts } from './class-labels.ts';
export { type CountBatchesOptions, countBatches } from './count-batches.ts';
export {
  DIGIT_FACTORS,
  type DigitFactor,
  type DigitSet,
  type DigitsDataset,
  type DigitsDatasetOptions,
  digitsDataset,
  type FactorValues,
  FIRST_VALIDATION_DIGIT,
  type GenerateDigitsOptions,
  generateDigits,
} from './digits/index.ts';
export type { DownloadProgress } from './download/fetch-resuming.ts';
export type { FileCache } from './download/file-cache.ts';
export type { FileSource } from './download/file-source.ts';
export { memoryCache } from './download/memory-cache.ts';
export type { Wait } from './download/patient-fetch.ts';
export { examplesBetween } from './examples-between.ts';
export { factorValues } from './factor-values.ts';
export { fewerImages } from './fewer-images.ts';
export type { Binarization, PixelRange } from './fill-image.ts';
export { type FromArraysOptions, fromArrays, type PixelArray, toLabels } from './from-arrays.ts';
export { holdOut } from './hold-out.ts';
export type { IdxDatasetSpec, IdxFileRole, IdxFileSpec } from './idx/idx-dataset-spec.ts';
export { type LoadOptions, loadIdxDataset } from './idx/load-idx-dataset.ts';
export { imagesBetween } from './images-between.ts';
export { importFields } from './import/import-fields.ts';
export { type LabelSomeOptions, labelSome } from './label-some.ts';
export { limitDataset } from './limit-dataset.ts';
export { limitImages } from './limit-images.ts';
export { oneOfEachClass } from './one-of-each-class.ts';
export { readExamples } from './read-examples.ts';
export { type DatasetKind, datasetFields } from './sets/dataset-kind.ts';
export { DATASETS, type DatasetName } from './sets/datasets.ts';
export { loadFashionMnist } from './sets/fashion-mnist.ts';
export { FASHION_MNIST } from './sets/fashion-mnist-spec.ts';
export { loadMnist } from './sets/mnist.ts';
export { MNIST } from './sets/mnist-spec.ts';
export { SHAPE_FACTORS, type ShapeFactor } from './shapes/draw-shape.ts';
export {
  type GenerateShapesOptions,
  generateShapes,
  type ShapeSet,
  type ShapesDatasetOptions,
  shapesDataset,
} from './shapes/generate-shapes.ts';
export { type SplitOptions, splitImages } from './split-images.ts';
export type { ColumnUse, MissingPolicy } from './table/choose-columns.ts';
export { type DecodeTableOptions, decodeTable } from './table/decode-table.ts';
export { takeImages } from './take-images.ts';
export { trainOnAll } from './train-on-all.ts';
