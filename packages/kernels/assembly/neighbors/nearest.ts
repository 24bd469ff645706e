import { anyNear, anyNearEither, halfDistance, RUN } from './half-distances';
import { insert } from './list';

/**
 * Offers a tile of products to the lists of its rows.
 *
 * Half squared distances are `h_i + h_j - products[i, j]`. Column `j` is point `firstColumn + j`; row `i` is point
 * `firstRow + i`, which is left out of its own list (a `firstRow` far below 0 leaves none out). The half norms of columns
 * must go on with infinity, and everything be readable, up to the next multiple of 16.
 */
export function nearestOfRows(
  products: usize, rows: i32, columns: i32, firstRow: i32, firstColumn: i32,
  rowNorms: usize, columnNorms: usize, lists: usize, bounds: usize, size: i32,
): void {
  for (let i = 0; i < rows; i++) {
    const norm = load<f32>(rowNorms);
    const list = lists + (<usize>i * <usize>size << 3);
    const self = firstRow + i - firstColumn;
    let bound = load<f32>(bounds);
    const norms = f32x4.splat(norm);
    let most = f32x4.splat(bound);
    for (let j = 0; j < columns; j += RUN) {
      const p = products + (<usize>j << 2);
      const h = columnNorms + (<usize>j << 2);
      if (!anyNear(p, h, norms, most)) continue;
      for (let c = j; c < j + RUN; c++) {
        const at = <usize>c << 2;
        const distance = halfDistance(products + at, columnNorms + at, norm);
        if (distance < bound && c != self) bound = insert(list, size, distance, firstColumn + c);
      }
      most = f32x4.splat(bound);
    }
    store<f32>(bounds, bound);
    products += <usize>columns << 2;
    rowNorms += 4;
    bounds += 4;
  }
}

/**
 * Offers a tile of products to the lists of its rows and to those of its columns, no point being in both.
 *
 * The bounds of columns must be readable up to the next multiple of 16, as all that `nearestOfRows` asks for.
 */
export function nearestOfBoth(
  products: usize, rows: i32, columns: i32, firstRow: i32, firstColumn: i32,
  rowNorms: usize, columnNorms: usize, rowLists: usize, rowBounds: usize,
  columnLists: usize, columnBounds: usize, size: i32,
): void {
  for (let i = 0; i < rows; i++) {
    const norm = load<f32>(rowNorms);
    const list = rowLists + (<usize>i * <usize>size << 3);
    let bound = load<f32>(rowBounds);
    const norms = f32x4.splat(norm);
    let most = f32x4.splat(bound);
    for (let j = 0; j < columns; j += RUN) {
      const p = products + (<usize>j << 2);
      const h = columnNorms + (<usize>j << 2);
      if (!anyNearEither(p, h, norms, most, columnBounds + (<usize>j << 2))) continue;
      for (let c = j; c < min(j + RUN, columns); c++) {
        const at = <usize>c << 2;
        const distance = halfDistance(products + at, columnNorms + at, norm);
        if (distance < bound) bound = insert(list, size, distance, firstColumn + c);
        if (distance < load<f32>(columnBounds + at)) {
          store<f32>(columnBounds + at, insert(columnLists + (<usize>c * <usize>size << 3), size, distance, firstRow + i));
        }
      }
      most = f32x4.splat(bound);
    }
    store<f32>(rowBounds, bound);
    products += <usize>columns << 2;
    rowNorms += 4;
    rowBounds += 4;
  }
}

/**
 * Offers a tile of products to the lists of its rows, where rows and columns are any points: row `i` is point `rowIds[i]`
 * and column `j` is `columnIds[j]` (int32). Norms, lists and bounds of rows are looked up by their points, norms of columns
 * are in the order of the tile. A `skipsSelf` of 1 leaves points out of their own lists.
 */
export function nearestOfChosen(
  products: usize, rows: i32, columns: i32, rowIds: usize, columnIds: usize,
  norms: usize, columnNorms: usize, lists: usize, bounds: usize, size: i32, skipsSelf: i32,
): void {
  for (let i = 0; i < rows; i++) {
    const id = load<i32>(rowIds + (<usize>i << 2));
    const norm = load<f32>(norms + (<usize>id << 2));
    const list = lists + (<usize>id * <usize>size << 3);
    let bound = load<f32>(bounds + (<usize>id << 2));
    const rowNorms = f32x4.splat(norm);
    let most = f32x4.splat(bound);
    for (let j = 0; j < columns; j += RUN) {
      const start = <usize>j << 2;
      if (!anyNear(products + start, columnNorms + start, rowNorms, most)) continue;
      for (let c = j; c < min(j + RUN, columns); c++) {
        const at = <usize>c << 2;
        const distance = halfDistance(products + at, columnNorms + at, norm);
        const other = load<i32>(columnIds + at);
        if (distance < bound && !(skipsSelf && other == id)) bound = insert(list, size, distance, other);
      }
      most = f32x4.splat(bound);
    }
    store<f32>(bounds + (<usize>id << 2), bound);
    products += <usize>columns << 2;
  }
}
