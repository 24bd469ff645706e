// An entry of its own: who reads weights and images has no use for it.
export { encodeHdf5, type Hdf5Group } from './hdf5/encode-hdf5.ts';
export {
  type Hdf5ParsedArray,
  type Hdf5ParsedGroup,
  isGroup,
  type ParseHdf5Options,
  parseHdf5,
} from './hdf5/parse-hdf5.ts';
