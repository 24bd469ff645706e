import type {
  BinaryOperation as BinaryOperator,
  ConvolutionGeometry,
  FusedActivation,
  ThreeLevels,
  UnaryOperation as UnaryOperator,
} from '@latentkit/kernels/nn';

/** A call of one of our kernels as data, but for where its numbers lie. Sizes are in numbers. */
export type Operation =
  | GemmOperation
  | ConvolutionOperation
  | ConvolveBackpropFilterOperation
  | ConvolveBackpropFilterPartsOperation
  | UnaryOperation
  | BinaryOperation
  | ClipOperation
  | FillOperation
  | ReduceOperation
  | ActivationGradientOperation
  | BernoulliFromLogitsOperation
  | BernoulliBackpropOperation;

/** `c = activation(a b + bias)`; inputs a, b and perhaps a bias. */
export interface GemmOperation {
  readonly kind: 'gemm';
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  /** Distance from a row of `a`, as it lies in memory, to the next. */
  readonly strideA: number;
  /** Whether `b` is a packed one. */
  readonly packed: boolean;
  readonly activation: FusedActivation;
  readonly alpha: number;
}

/** A convolution or the transpose of one; inputs x (or dy), filter and perhaps a bias. */
export interface ConvolutionOperation {
  readonly kind: 'convolve' | 'convolveBackpropInput';
  readonly geometry: ConvolutionGeometry;
  readonly outChannels: number;
  readonly activation: FusedActivation;
  readonly alpha: number;
}

/** Gradient of a convolution's filter; inputs x and dy. */
export interface ConvolveBackpropFilterOperation {
  readonly kind: 'convolveBackpropFilter';
  readonly geometry: ConvolutionGeometry;
  readonly outChannels: number;
}

/** The sums that a filter's gradient is the sum of: one for each `FILTER_CHUNK_IMAGES` images; inputs x and dy. */
export interface ConvolveBackpropFilterPartsOperation {
  readonly kind: 'convolveBackpropFilterParts';
  readonly geometry: ConvolutionGeometry;
  readonly outChannels: number;
}

/** `y = operator(x)`, number by number. */
export interface UnaryOperation {
  readonly kind: 'unary';
  readonly operator: UnaryOperator;
  readonly count: number;
  readonly alpha: number;
}

/** `y = operator(a, b)` over `[outer, middle, inner]`; a stride of 0 repeats an operand. */
export interface BinaryOperation {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly sizes: ThreeLevels;
  readonly aStrides: ThreeLevels;
  readonly bStrides: ThreeLevels;
}

/** `y = min(max(x, low), high)`. */
export interface ClipOperation {
  readonly kind: 'clip';
  readonly count: number;
  readonly low: number;
  readonly high: number;
}

/** One number everywhere; no inputs. */
export interface FillOperation {
  readonly kind: 'fill';
  readonly count: number;
  readonly value: number;
}

/** Sum or maximum over the middle of `[outer, reduce, inner]`. */
export interface ReduceOperation {
  readonly kind: 'sum' | 'max';
  readonly outer: number;
  readonly reduce: number;
  readonly inner: number;
}

/** `dz = dy * step(y)`: gradient of ReLU (`alpha` 0) or LeakyReLU; inputs dy and its output y. */
export interface ActivationGradientOperation {
  readonly kind: 'activationGradient';
  readonly count: number;
  readonly alpha: number;
}

/** `nll[row] = sum((relu(logits) - logits * target) + softplus(-|logits|))`; inputs logits and target, `[rows, pixels]`. */
export interface BernoulliFromLogitsOperation {
  readonly kind: 'bernoulliFromLogits';
  readonly rows: number;
  readonly pixels: number;
}

/** `dLogits = (sigmoid(logits) - target) * upstream[row]`; inputs logits, target and upstream. */
export interface BernoulliBackpropOperation {
  readonly kind: 'bernoulliBackprop';
  readonly rows: number;
  readonly pixels: number;
}
