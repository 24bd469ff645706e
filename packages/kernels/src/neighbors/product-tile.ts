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

/** A tile of products of any rows with any columns, dense, and half the squared norms of both. */
export interface ChosenTile {
  products: number;
  rows: number;
  columns: number;
  /** Which points rows, and columns, are: int32. */
  rowIds: number;
  columnIds: number;
  /** Of all points that rows may be. */
  norms: number;
  /** Of the tile's columns; goes on with infinity, and everything is readable, up to the next multiple of 16. */
  columnNorms: number;
}
