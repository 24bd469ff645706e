import { describeOptimizer } from '../testing/describe-optimizer.ts';

for (const { rho = 0.9, epsilon = 1e-7, ...spec } of [
  { name: 'rmsprop' },
  { name: 'rmsprop', rho: 0.5, epsilon: 0.01 },
] as const) {
  const given = rho === 0.9 ? {} : { rho, epsilon };
  describeOptimizer({ ...spec, ...given }, () => {
    let v = 0;
    return (p, g, rate) => {
      v = rho * v + (1 - rho) * g * g;
      return p - (rate * g) / (Math.sqrt(v) + epsilon);
    };
  });
}
