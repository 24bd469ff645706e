/** Columns that are looked at together. */
export const RUN: i32 = 16;

/** Half squared distances `h_i + h_j - x_i x_j` of a row, whose half norm is `norm` four times, to the columns at `offset`. */
@inline
export function halfDistances(products: usize, columnNorms: usize, norm: v128, offset: usize): v128 {
  return f32x4.add(f32x4.sub(v128.load(columnNorms + offset), v128.load(products + offset)), norm);
}

/** The same number for one column. */
@inline
export function halfDistance(products: usize, columnNorms: usize, norm: f32): f32 {
  return load<f32>(columnNorms) - load<f32>(products) + norm;
}

/** Whether one of the next 16 columns is nearer than the row's bound. */
@inline
export function anyNear(products: usize, columnNorms: usize, norm: v128, bound: v128): bool {
  return v128.any_true(v128.or(
    v128.or(
      f32x4.lt(halfDistances(products, columnNorms, norm, 0), bound),
      f32x4.lt(halfDistances(products, columnNorms, norm, 16), bound),
    ),
    v128.or(
      f32x4.lt(halfDistances(products, columnNorms, norm, 32), bound),
      f32x4.lt(halfDistances(products, columnNorms, norm, 48), bound),
    ),
  ));
}

/** Whether one of the next 16 columns is nearer than the row's bound or its own. */
@inline
export function anyNearEither(products: usize, columnNorms: usize, norm: v128, bound: v128, bounds: usize): bool {
  return v128.any_true(v128.or(
    v128.or(
      nearEither(products, columnNorms, norm, bound, bounds, 0),
      nearEither(products, columnNorms, norm, bound, bounds, 16),
    ),
    v128.or(
      nearEither(products, columnNorms, norm, bound, bounds, 32),
      nearEither(products, columnNorms, norm, bound, bounds, 48),
    ),
  ));
}

@inline
function nearEither(products: usize, columnNorms: usize, norm: v128, bound: v128, bounds: usize, offset: usize): v128 {
  return f32x4.lt(halfDistances(products, columnNorms, norm, offset), f32x4.pmax(v128.load(bounds + offset), bound));
}
