export { diskError } from './node/disk-error.ts';
export { isMissing } from './node/is-missing.ts';
export { isRunning } from './node/is-running.ts';
export { isThere, makeFolder, makeFolders, missingFolders } from './node/make-folders.ts';
export { requireFile } from './node/require-file.ts';
export {
  type FileToWrite,
  removeAbandoned,
  writeAtomically,
  writeTogether,
} from './node/write-atomically.ts';
