const node = globalThis.process as Partial<NodeJS.Process> | undefined;

/** How many threads this machine runs at once. */
export function availableWorkers(): number {
  const os = node?.getBuiltinModule?.('node:os');
  return os?.availableParallelism() ?? globalThis.navigator?.hardwareConcurrency ?? 1;
}

/** Why threads cannot share memory here; undefined where they can. */
export function whyNoThreads(): string | undefined {
  if (node?.getBuiltinModule || globalThis.crossOriginIsolated) return undefined;
  return 'this page is not cross-origin isolated; serve it with Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp';
}
