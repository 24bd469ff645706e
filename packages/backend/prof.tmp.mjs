import { ruleOf } from './dist/operations/rule-of.js';
export const acc = new Map();
export function install() {
  const kinds = [
    'gemm',
    'convolve',
    'convolveBackpropInput',
    'convolveBackpropFilter',
    'unary',
    'binary',
    'sum',
    'fill',
    'clip',
  ];
  const seen = new Set();
  for (const k of kinds) {
    const r = ruleOf({ kind: k });
    if (seen.has(r)) continue;
    seen.add(r);
    const f = r.run;
    r.run = (nn, op, i, o) => {
      const t = performance.now();
      f(nn, op, i, o);
      const d = performance.now() - t;
      const key =
        op.kind +
        ' ' +
        (op.operator ?? '') +
        ' ' +
        (op.m
          ? `${op.m}x${op.n}x${op.k}${op.transposeA ? 'tA' : ''}${op.transposeB ? 'tB' : ''}`
          : op.geometry
            ? `${op.geometry.inHeight}x${op.geometry.channels}->${op.geometry.outHeight}x${op.outChannels} b${op.geometry.batch}`
            : (op.count ?? `${op.outer}x${op.reduce ?? ''}x${op.inner}`));
      const a = acc.get(key) ?? [0, 0, r.cost(op)];
      a[0] += d;
      a[1]++;
      acc.set(key, a);
    };
  }
}
