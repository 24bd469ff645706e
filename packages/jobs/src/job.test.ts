import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import { checkJob, type Job, jobId } from './job.ts';

const job: Job = {
  kind: 'train',
  payload: { b: [1, { d: 1e21, c: null }], a: 'ü' },
  seed: 3,
  codeVersion: '1.0.0',
};

it("writes canonical JSON: RFC 8785's own example of sorting and numbers", () => {
  const data = {
    numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 1e-27],
    literals: [null, true, false],
  };
  expect(canonicalJson(data)).toBe(
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27]}',
  );
});

it('an id is the SHA-256 of the canonical text', async () => {
  const text =
    '{"codeVersion":"1.0.0","kind":"train","payload":{"a":"ü","b":[1,{"c":null,"d":1e+21}]},"seed":3}';
  const hash = createHash('sha256').update(text).digest('hex');
  expect(await jobId(job)).toBe(hash);
  const { kind, ...rest } = job;
  expect(await jobId({ ...rest, kind, data: undefined })).toBe(hash);
});

const circle: Record<string, unknown> = {};
circle.self = circle;

it.each([
  ['no object', 3, 'E_CONFIG'],
  ['an unknown field', { ...job, script: 'rm' }, 'E_CONFIG'],
  ['a kind that is a path', { ...job, kind: '../../x' }, 'E_CONFIG'],
  ['a negative seed', { ...job, seed: -1 }, 'E_CONFIG'],
  ['a seed that is no number of its own', { ...job, seed: 2 ** 53 }, 'E_CONFIG'],
  ['NaN', { ...job, payload: { a: Number.NaN } }, 'E_CONFIG'],
  ['a function', { ...job, payload: { a: () => 1 } }, 'E_CONFIG'],
  ['a date', { ...job, payload: { a: new Date(0) } }, 'E_CONFIG'],
  ['a hole in a list', { ...job, payload: { a: [undefined] } }, 'E_CONFIG'],
  ['a circle', { ...job, payload: circle }, 'E_CONFIG'],
  ['__proto__', { ...job, payload: JSON.parse('{"a":{"__proto__":{}}}') as never }, 'E_CONFIG'],
  ['data with control characters', { ...job, data: { name: 'a\nb', fingerprint: 'f' } }, 'E_CONFIG'],
  ['a payload of megabytes', { ...job, payload: { a: 'x'.repeat(300_000) } }, 'E_LIMIT'],
])('refuses %s', (_, input, code) => {
  expect(() => checkJob(input)).toThrow(expect.objectContaining({ code }) as Error);
});
