import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { describeEnvironment } from './describe-environment.ts';

it("has this package's version, those of tfjs and Node, and the processor", async () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const { on, ...versions } = await describeEnvironment();
  expect(versions).toEqual({
    Latentkit: version,
    'tfjs-core': expect.stringMatching(/^4\.\d+\.\d+$/),
    Node: process.version,
  });
  expect(on).toMatch(/\S/);
});
