/** What this looks at of the platform; some of it is missing everywhere. */
interface Platform {
  readonly document?: unknown;
  readonly Atomics?: { readonly waitAsync?: unknown };
}

/** Whether the caller's thread computes too: as many threads as cores, and none that has to make room. Pages must draw. */
export function callerWorks(platform: Platform = globalThis): boolean {
  return platform.document === undefined && platform.Atomics?.waitAsync !== undefined;
}
