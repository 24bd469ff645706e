export { checkWeightsFile } from './saved/check-weights-file.ts';
export {
  type LoadedAcceleratedModel,
  type LoadedModel,
  type LoadModelOptions,
  loadModel,
} from './saved/load-model.ts';
export { saveModel } from './saved/save-model.ts';
export { loadSampler, saveSampler } from './saved/saved-sampler.ts';
