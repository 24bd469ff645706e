export {
  type ParquetTable,
  type ParquetValues,
  type ParseParquetOptions,
  parseParquet,
} from './parquet/parse-parquet.ts';
