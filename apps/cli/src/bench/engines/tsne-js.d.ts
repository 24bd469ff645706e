/** tsne-js 1.0.3 brings no types; these are those of what is used here. */
declare module 'tsne-js' {
  interface TsneOptions {
    dim: number;
    perplexity: number;
    earlyExaggeration: number;
    learningRate: number;
    nIter: number;
    metric: string;
  }

  class TSNE {
    constructor(options: TsneOptions);
    init(input: { data: readonly (readonly number[])[]; type: 'dense' }): void;
    run(): [error: number, iterations: number];
    getOutput(): number[][];
  }

  export = TSNE;
}
