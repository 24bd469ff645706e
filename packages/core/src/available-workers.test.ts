import { availableParallelism } from 'node:os';
import { describe, expect, it } from 'vitest';
import { availableWorkers, whyNoThreads } from './available-workers.ts';

describe('availableWorkers', () => {
  it('is what Node may use', () => {
    expect(availableWorkers()).toBe(availableParallelism());
  });

  it("is the browser's count of cores, or 1", () => {
    expect(availableWorkers({ navigator: { hardwareConcurrency: 6 } })).toBe(6);
    expect(availableWorkers({})).toBe(1);
  });
});

describe('whyNoThreads', () => {
  it('has nothing to say in Node and on isolated pages', () => {
    expect(whyNoThreads()).toBeUndefined();
    expect(whyNoThreads({ crossOriginIsolated: true })).toBeUndefined();
  });

  it('names the headers that a page lacks, also where a bundler made a process up', () => {
    expect(whyNoThreads({ crossOriginIsolated: false })).toContain('Cross-Origin-Opener-Policy: same-origin');
    expect(whyNoThreads({ process: {} })).toContain('Cross-Origin-Embedder-Policy: require-corp');
  });
});
