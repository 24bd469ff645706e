/** A limit of this browser, host or machine: no fault, and nothing is wrong by it. */
export interface ChipWords {
  readonly words: string;
  readonly why: string;
  readonly link?: { readonly words: string; readonly href: string };
  /** What loading the page anew does. */
  readonly reload?: string;
}

export type ChipName = 'oneThread' | 'canIsolate' | 'noGpu' | 'newer';

export const CHIPS: Readonly<Record<ChipName, ChipWords>> = {
  oneThread: {
    words: '1 thread',
    why: 'Your host does not send two headers, so one core works. The results are the same bits; they only take longer.',
    link: {
      words: 'Which headers these are',
      href: 'https://github.com/latentkit/latentkit/blob/main/docs/hosting.md',
    },
  },
  canIsolate: {
    words: '1 thread',
    why: 'Your host does not send two headers, so one core works. This page is kept in your browser by now, which can send them itself.',
    reload: 'Use all cores (loads the page anew, once)',
  },
  newer: {
    words: 'newer version',
    why: 'A newer version of this page has come. It is used when all of its tabs are closed, or now. What is trained goes on afterwards from its last checkpoint.',
    reload: 'Use it now',
  },
  noGpu: {
    words: 'no GPU: drawing on the processor',
    why: 'The browser offers no WebGL here, or has just lost it: the dots of the map are drawn by the processor. The map is the same; with very many dots it moves less smoothly.',
  },
};
