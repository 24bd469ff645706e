import { type Epilogue, epilogueArguments } from './epilogue.ts';
import { type ConvolutionGeometry, GEOMETRY_FIELDS } from './geometry.ts';

/**
 * Convolutions of each channel alone, with `multiplier` filters for each. x is `[batch, inHeight, inWidth, channels]`,
 * filter `[windowHeight, windowWidth, channels, multiplier]` and y `[batch, outHeight, outWidth, channels * multiplier]`:
 * y's channel `c * multiplier + q` is x's channel c by the filter `[.., .., c, q]`.
 */
export interface DepthwiseKernels {
  /** `y = activation(x * filter + bias)`, summed over the taps inside the image in row-major order. */
  depthwiseConvolve(
    geometry: ConvolutionGeometry,
    multiplier: number,
    x: number,
    filter: number,
    y: number,
    epilogue?: Epilogue,
  ): void;
  /** Gradient with respect to x, summed over the filter's taps in row-major order, and a tap's filters in order. */
  depthwiseBackpropInput(
    geometry: ConvolutionGeometry,
    multiplier: number,
    dy: number,
    filter: number,
    dx: number,
  ): void;
  /** Gradient with respect to the filter: a sum for each image over its positions in order, and these in order. */
  depthwiseBackpropFilter(
    geometry: ConvolutionGeometry,
    multiplier: number,
    x: number,
    dy: number,
    dFilter: number,
  ): void;
}

/** What assembly/nn/depthwise.ts exports. */
export interface DepthwiseExports {
  setGeometry(...sizes: number[]): void;
  depthwiseConvolve(...args: number[]): void;
  depthwiseBackpropInput(dy: number, filter: number, dx: number, multiplier: number): void;
  depthwiseBackpropFilter(x: number, dy: number, dFilter: number, multiplier: number): void;
}

export function createDepthwise(wasm: DepthwiseExports): DepthwiseKernels {
  const setGeometry = (geometry: ConvolutionGeometry) =>
    wasm.setGeometry(...GEOMETRY_FIELDS.map((field) => geometry[field]));
  return {
    depthwiseConvolve(geometry, multiplier, x, filter, y, epilogue) {
      setGeometry(geometry);
      wasm.depthwiseConvolve(x, filter, ...epilogueArguments(epilogue), y, multiplier);
    },
    depthwiseBackpropInput(geometry, multiplier, dy, filter, dx) {
      setGeometry(geometry);
      wasm.depthwiseBackpropInput(dy, filter, dx, multiplier);
    },
    depthwiseBackpropFilter(geometry, multiplier, x, dy, dFilter) {
      setGeometry(geometry);
      wasm.depthwiseBackpropFilter(x, dy, dFilter, multiplier);
    },
  };
}
