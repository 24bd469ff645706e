/** Options of tsne-js; defaults are its own but for `learningRate`. */
export interface TsneJsOptions {
  /** 2 by default. */
  components?: number;
  /** 30 by default; lowered, with a warning, to a third of the other points. */
  perplexity?: number;
  /** 4 by default, for the first 100 iterations. */
  earlyExaggeration?: number;
  /** 100 by default: with tsne-js's own 1000, 400 MNIST images stopped after 171 iterations, at a divergence of 1.28, not 0.80. */
  learningRate?: number;
  /** In all, more than 100; 1000 by default. It stops before when nothing changes any more. */
  iterations?: number;
  /** 0 by default. */
  seed?: number;
  /** More points are `E_LIMIT`: time and memory go by their square. 2000 by default, which take minutes. */
  maxPoints?: number;
}
