/** Node's worker threads; undefined in browsers, for which this file must not import them. */
export const nodeThreads = () => globalThis.process?.getBuiltinModule?.('node:worker_threads');

export type NodeThreads = NonNullable<ReturnType<typeof nodeThreads>>;
