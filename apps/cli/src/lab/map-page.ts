import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LatentkitError } from '@latentkit/core';
import { encodeZip } from '@latentkit/formats';
import { BUILT, EMBED, FIX, type Site } from './lab-page.ts';

const ELEMENT = 'latentkit-map.js';
const LICENSES = 'licenses.txt';
const RUN_ZIP = 'run.zip';

/** To be changed by whom it belongs to: docs/embed.md says what can be. */
const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>A latent map</title>
    <style>
      body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; }
    </style>
    <script type="module" src="./${ELEMENT}"></script>
  </head>
  <body>
    <h1>A latent map</h1>
    <latentkit-map src="${RUN_ZIP}" label="Latent map">
      Move over the map: the image at the side is drawn for the place under your hand.
    </latentkit-map>
  </body>
</html>
`;

/**
 * A page of the map alone: the element `<latentkit-map>`, a run as the ZIP that it reads, and what shows them.
 *
 * @param run the files of a run that is shown.
 * @throws `E_NOT_FOUND` where the element was not built.
 */
export async function mapPage(
  run: readonly { readonly name: string; readonly bytes: Uint8Array }[],
  folder = BUILT,
): Promise<Site> {
  const built = (name: string) =>
    readFile(join(folder, EMBED, name)).catch((cause: unknown) => {
      const lost = `the map for pages is not built: expected ${join(folder, EMBED, name)}`;
      throw new LatentkitError('E_NOT_FOUND', lost, { fix: FIX, cause });
    });
  return new Map<string, Uint8Array>([
    [ELEMENT, await built(ELEMENT)],
    [LICENSES, await built(LICENSES)],
    [RUN_ZIP, encodeZip(run.map(({ name, bytes }) => ({ name: `run/${name}`, bytes })))],
    ['index.html', new TextEncoder().encode(PAGE)],
  ]);
}
