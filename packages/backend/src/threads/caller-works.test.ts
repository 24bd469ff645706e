import { describe, expect, it } from 'vitest';
import { callerWorks } from './caller-works.ts';

describe('callerWorks', () => {
  it('wherever waiting does not stop a page, and is possible', () => {
    expect(callerWorks()).toBe(true);
    expect(callerWorks({ Atomics, document: {} })).toBe(false);
    expect(callerWorks({ Atomics: {} })).toBe(false);
  });
});
