import { LatentkitError } from '@latentkit/core';

/**
 * An npm package that runs a projection, and that not everybody has installed.
 *
 * @param load the `import()`, written out where bundlers see it.
 * @param install what to install.
 * @throws `E_NOT_FOUND` when it cannot be imported.
 */
export async function importEngine<Module>(
  name: string,
  load: () => Promise<Module>,
  install = `npm i ${name}`,
): Promise<Module> {
  try {
    return await load();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new LatentkitError('E_NOT_FOUND', `the engine ${name} could not be imported: ${reason}`, {
      fix: `Install it: ${install}`,
      cause,
    });
  }
}
