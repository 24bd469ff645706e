/** What these look at of the platform; some of it is missing everywhere. */
export interface Platform {
  readonly process?: Partial<NodeJS.Process>;
  readonly navigator?: { readonly hardwareConcurrency?: number };
  readonly crossOriginIsolated?: boolean;
  readonly document?: unknown;
  readonly Atomics?: { readonly waitAsync?: unknown };
}

/** How many threads this machine runs at once. */
export function availableWorkers({ process, navigator }: Platform = globalThis): number {
  const os = process?.getBuiltinModule?.('node:os');
  return os?.availableParallelism() ?? navigator?.hardwareConcurrency ?? 1;
}

/** Why threads cannot share memory here; undefined where they can. */
export function whyNoThreads({ process, crossOriginIsolated }: Platform = globalThis): string | undefined {
  if (process?.getBuiltinModule || crossOriginIsolated) return undefined;
  return 'this page is not cross-origin isolated; serve it with Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp';
}

/** Whether the caller's thread computes too: as many threads as cores, and none that has to make room. Pages must draw. */
export function callerWorks(platform: Platform = globalThis): boolean {
  return platform.document === undefined && platform.Atomics?.waitAsync !== undefined;
}
