import { describeOptimizer } from '../testing/describe-optimizer.ts';

for (const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7, ...spec } of [
  { name: 'adamax' },
  { name: 'adamax', beta1: 0.5, beta2: 0.9, epsilon: 0.01 },
] as const) {
  const given = beta1 === 0.9 ? {} : { beta1, beta2, epsilon };
  describeOptimizer({ ...spec, ...given }, () => {
    let [m, u] = [0, 0];
    return (p, g, rate, step) => {
      m = beta1 * m + (1 - beta1) * g;
      u = Math.max(beta2 * u, Math.abs(g) + epsilon);
      return p - (rate / (1 - beta1 ** step)) * (m / u);
    };
  });
}
