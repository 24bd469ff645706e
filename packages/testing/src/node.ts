export { runInProcess } from './run-in-process.ts';
export {
  type ProgramOptions,
  type ProgramResult,
  plainEnvironment,
  spawnProgram,
  temporaryFolder,
} from './spawn-program.ts';
