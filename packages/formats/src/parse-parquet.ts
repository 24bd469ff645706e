export {
  type ParquetColumnType,
  type ParquetTable,
  type ParquetValues,
  type ParseParquetOptions,
  parseParquet,
  parseParquetColumns,
} from './parquet/parse-parquet.ts';
