// An entry of its own: a list of runs has no use for what draws, projects and computes, which takes long to load.
export { type ListedRun, listRuns } from './list-runs.ts';
