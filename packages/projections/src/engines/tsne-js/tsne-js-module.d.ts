declare module 'tsne-js' {
  interface TsneConfig {
    dim: number;
    perplexity: number;
    earlyExaggeration: number;
    learningRate: number;
    nIter: number;
    metric: 'euclidean';
  }

  // biome-ignore lint/style/noDefaultExport: it is theirs
  export default class TSNE {
    constructor(config: TsneConfig);
    on(
      event: 'progressIter',
      listener: (args: [iteration: number, error: number, norm: number]) => void,
    ): this;
    init(options: { data: number[][]; type: 'dense' }): void;
    /** The last error and iteration. */
    run(): [number, number];
    getOutput(): number[][];
  }
}
