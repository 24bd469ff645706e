export { diskError } from './node/disk-error.ts';
export { isMissing } from './node/is-missing.ts';
export { isRunning } from './node/is-running.ts';
export { isThere, makeFolder, makeFolders } from './node/make-folders.ts';
export { removeAbandoned, writeAtomically } from './node/write-atomically.ts';
