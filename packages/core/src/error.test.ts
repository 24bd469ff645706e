import { describe, expect, it } from 'vitest';
import { LatentkitError } from './error.ts';

describe('LatentkitError', () => {
  it('is an Error with a code', () => {
    const error = new LatentkitError('E_SHAPE', 'kl: got [2] and [3]');
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe('LatentkitError');
    expect(error.code).toBe('E_SHAPE');
    expect(error.message).toBe('kl: got [2] and [3]');
    expect(error.fix).toBeUndefined();
  });

  it('ends its message with what to do', () => {
    const error = new LatentkitError('E_EXISTS', 'run: out/ is not empty', { fix: 'Pass another folder.' });
    expect(error.message).toBe('run: out/ is not empty. Pass another folder.');
    expect(error.fix).toBe('Pass another folder.');
  });

  it('has one full stop before what to do, where its message quotes a sentence', () => {
    const error = new LatentkitError('E_FORMAT', 'mnist: the file is cut off.', { fix: 'Get it anew.' });
    expect(error.message).toBe('mnist: the file is cut off. Get it anew.');
  });

  it('keeps its cause', () => {
    const cause = new Error('ENOENT');
    expect(new LatentkitError('E_IO', 'read: failed', { cause }).cause).toBe(cause);
  });
});
