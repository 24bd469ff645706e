import { describeOptimizer } from '../testing/describe-optimizer.ts';

describeOptimizer({ name: 'sgd' }, () => (p, g, rate) => p - rate * g);

describeOptimizer({ name: 'sgd', momentum: 0.9 }, () => {
  let v = 0;
  return (p, g, rate) => {
    v = 0.9 * v + g;
    return p - rate * v;
  };
});

describeOptimizer({ name: 'sgd', momentum: 0.9, nesterov: true }, () => {
  let v = 0;
  return (p, g, rate) => {
    v = 0.9 * v + g;
    return p - rate * (g + 0.9 * v);
  };
});
