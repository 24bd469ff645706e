import { LatentkitError } from '@latentkit/core';

const REASONS: Readonly<Record<string, readonly [reason: string, fix: string]>> = {
  ENOSPC: ['the disk is full', 'Free some space'],
  EDQUOT: ['your share of the disk is used up', 'Free some space'],
  EACCES: ['you have no permission to write there', 'Change its permissions'],
  EPERM: ['you have no permission to write there', 'Change its permissions'],
  EROFS: ['that disk is read-only', 'Make it writable'],
  ENOTDIR: ['part of that path is a file, not a folder', 'Move the file away'],
  ENOENT: ['its folder is gone, or is a place where nothing can be made', 'Leave the folder where it is'],
  EEXIST: ['a file of that name is in the way of a folder', 'Move the file away'],
  ELOOP: ['it is a link that leads in a circle', 'Remove the link'],
  ENAMETOOLONG: ['its name is too long', 'Shorten it'],
  EISDIR: ['a folder of that name is in the way', 'Move the folder away'],
};

/** An `E_IO` for a path that could not be written: why, and what to do. */
export function diskError(path: string, cause: unknown): LatentkitError {
  const { code = '', message } = cause as NodeJS.ErrnoException;
  const [reason, remedy] = REASONS[code] ?? [message, 'Check the path'];
  return new LatentkitError('E_IO', `could not write ${path}: ${reason}`, {
    fix: `${remedy}, or choose another folder`,
    cause,
  });
}
