import { describeOptimizer } from '../testing/describe-optimizer.ts';

for (const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7, ...spec } of [
  { name: 'adam' },
  { name: 'adam', beta1: 0.5, beta2: 0.9, epsilon: 0.01 },
] as const) {
  const given = beta1 === 0.9 ? {} : { beta1, beta2, epsilon };
  describeOptimizer({ ...spec, ...given }, () => {
    let [m, v] = [0, 0];
    return (p, g, rate, step) => {
      m = beta1 * m + (1 - beta1) * g;
      v = beta2 * v + (1 - beta2) * g * g;
      const [mHat, vHat] = [m / (1 - beta1 ** step), v / (1 - beta2 ** step)];
      return p - (rate * mHat) / (Math.sqrt(vHat) + epsilon);
    };
  });
}
