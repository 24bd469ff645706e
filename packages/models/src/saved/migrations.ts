/** The version of `model.json` that is written. */
export const MODEL_VERSION = 2;

interface AnyVersion {
  readonly version: number;
  readonly [field: string]: unknown;
}

/** From each version to the next, in order: the first makes 2 of 1. Never changed, only added to. */
const MIGRATIONS: readonly ((saved: AnyVersion) => Record<string, unknown>)[] = [
  (saved) => ({ ...saved, spec: renameAbsoluteError(saved.spec), objective: { type: 'elbo' } }),
];

/** A `model.json` as today's version has it; its fields are not checked. */
export function migrate(saved: AnyVersion): AnyVersion {
  return MIGRATIONS.slice(saved.version - 1).reduce<AnyVersion>(
    (before, next) => ({ ...next(before), version: before.version + 1 }),
    saved,
  );
}

/** Version 1 called the absolute error `l1`. */
function renameAbsoluteError(spec: unknown): unknown {
  const { likelihood } = (spec ?? {}) as { likelihood?: { type?: unknown } };
  if (likelihood?.type !== 'l1') return spec;
  return { ...(spec as object), likelihood: { ...likelihood, type: 'absoluteError' } };
}
