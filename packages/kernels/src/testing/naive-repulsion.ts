/** `sum_j q_ij^2 (y_i - y_j)` of all pairs of places, and the sum of all `q_ij`, in float64. */
export function naiveRepulsion(places: ArrayLike<number>): { forces: Float64Array; z: number } {
  const forces = new Float64Array(places.length);
  let z = 0;
  for (let i = 0; i < places.length; i += 2) {
    for (let j = 0; j < places.length; j += 2) {
      if (i === j) continue;
      const [dx, dy] = [places[i]! - places[j]!, places[i + 1]! - places[j + 1]!];
      const q = 1 / (1 + dx * dx + dy * dy);
      z += q;
      forces[i]! += q * q * dx;
      forces[i + 1]! += q * q * dy;
    }
  }
  return { forces, z };
}
