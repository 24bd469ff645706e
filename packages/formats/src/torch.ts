// An entry of its own: who reads weights of Latentkit has no use for it.
export { parseTorch, type TorchValue } from './torch/parse-torch.ts';
