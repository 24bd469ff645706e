/** Eigenvalues of a symmetric matrix, largest first, and an orthonormal eigenvector for each. */
export interface Eigenpairs {
  readonly values: Float64Array;
  readonly vectors: Float64Array[];
}

/** The largest `wanted` of some pairs. */
export function largest(wanted: number, { values, vectors }: Eigenpairs): Eigenpairs {
  const order = descending(values).slice(0, wanted);
  return { values: Float64Array.from(order, (i) => values[i]!), vectors: order.map((i) => vectors[i]!) };
}

/** Where the values are, largest first, of equals the first. */
export function descending(values: Float64Array): number[] {
  return [...values.keys()].sort((a, b) => values[b]! - values[a]! || a - b);
}
