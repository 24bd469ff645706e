/** A tile of products of rows with columns, dense, and half the squared norms of both. */
export interface ProductTile {
  products: number;
  rows: number;
  columns: number;
  /** Which points the first row, and the first column, are. */
  firstRow: number;
  firstColumn: number;
  rowNorms: number;
  /** Goes on with infinity, and everything is readable, up to the next multiple of 16. */
  columnNorms: number;
}
