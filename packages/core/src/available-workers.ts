/** What these look at of the platform; some of it is missing everywhere. */
export interface Platform {
  readonly process?: Partial<NodeJS.Process>;
  readonly navigator?: { readonly hardwareConcurrency?: number };
  readonly crossOriginIsolated?: boolean;
}

/**
 * How many threads this machine runs at once.
 *
 * @example
 * availableWorkers(); // e.g. 8
 */
export function availableWorkers(platform?: Platform): number {
  const { process, navigator } = platform ?? (globalThis as Platform);
  const os = process?.getBuiltinModule?.('node:os');
  return os?.availableParallelism() ?? navigator?.hardwareConcurrency ?? 1;
}

/**
 * Why threads cannot share memory here; undefined where they can.
 *
 * @example
 * const workers = whyNoThreads() ? 1 : availableWorkers();
 */
export function whyNoThreads(platform?: Platform): string | undefined {
  const { process, crossOriginIsolated } = platform ?? (globalThis as Platform);
  if (process?.getBuiltinModule || crossOriginIsolated) return undefined;
  return 'this page is not cross-origin isolated; serve it with Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp';
}
