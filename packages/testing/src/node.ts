export {
  type ProgramOptions,
  type ProgramResult,
  plainEnvironment,
  spawnProgram,
  temporaryFolder,
} from './spawn-program.ts';
