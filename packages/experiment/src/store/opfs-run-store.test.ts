import { describe, expect, it } from 'vitest';
import { openOpfsRunStore } from './opfs-run-store.ts';

// What it does where there is a private file system is held in Chromium, by packages/testing-browser.
describe('where a browser keeps nothing', () => {
  const refusing = { getDirectory: () => Promise.reject(new Error('private window')) };
  const places: [string, object][] = [
    ['as on plain http', {}],
    ['as in a private window', { storage: refusing, locks: {} }],
    ['as without Web Locks', { storage: refusing }],
  ];
  it.each(places)('it says so: %s', async (_, navigator) => {
    const own = Object.getOwnPropertyDescriptor(globalThis, 'navigator')!;
    Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true });
    try {
      await expect(openOpfsRunStore()).rejects.toMatchObject({
        code: 'E_IO',
        message: expect.stringContaining('this browser keeps no files for this page. Open it over https'),
      });
    } finally {
      Object.defineProperty(globalThis, 'navigator', own);
    }
  });
});
