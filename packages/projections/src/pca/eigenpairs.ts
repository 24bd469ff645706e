/** Eigenvalues of a symmetric matrix, largest first, and an orthonormal eigenvector for each. */
export interface Eigenpairs {
  readonly values: Float64Array;
  readonly vectors: Float64Array[];
}

/** The largest `wanted` of some pairs. */
export function largest(wanted: number, { values, vectors }: Eigenpairs): Eigenpairs {
  const order = [...values.keys()].sort((a, b) => values[b]! - values[a]! || a - b).slice(0, wanted);
  return { values: Float64Array.from(order, (i) => values[i]!), vectors: order.map((i) => vectors[i]!) };
}
