export { encodeParquet, type ParquetColumn } from './parquet/encode-parquet.ts';
