import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { makeFolders, showRun } from '@latentkit/experiment/node';
import { diskError, writeAtomically } from '@latentkit/formats/node';
import { createDownloadView, paint, printable, runCommand, talk } from '@latentkit/terminal';
import { type ImageOptions, imagesOf } from '../image-options.ts';
import { labPage, type Site } from '../lab/lab-page.ts';
import { serveSite } from '../lab/serve-site.ts';
import { checkFree, inFolder, makeOutFolder } from '../out-folder.ts';

export interface UiOptions extends ImageOptions {
  limit?: number;
  port?: number;
  open: boolean;
  page?: string;
  out?: string;
  force?: boolean;
  json?: boolean;
}

/** Where a run lies beside the page. */
const RUN_FOLDER = 'run';

/** The lab with a run in it: served, or written. */
export async function ui(run: string | undefined, options: UiOptions): Promise<void> {
  const { limit, out, force, json = false, port, open } = options;
  if (out !== undefined) await checkFree(out, ['index.html', RUN_FOLDER], { force });
  await runCommand({ json, leaves: 'Stopped.' }, async ({ line, signal, note }) => {
    const page = await labPage(options.page);
    line.update(() => 'Reading the run');
    const files =
      run === undefined
        ? []
        : await showRun(run, {
            ...{ ...imagesOf(options), limit, signal, onNote: note },
            onProgress: createDownloadView(line),
          });
    line.clear();
    const site: Site = new Map([
      ...page,
      ...files.map(({ name, bytes }) => [`${RUN_FOLDER}/${name}`, bytes] as const),
    ]);
    const place = run === undefined ? '' : `#/map?open=${RUN_FOLDER}&v=1`;
    if (out !== undefined) {
      await writeSite(site, out);
      if (json)
        process.stdout.write(
          `${JSON.stringify({ folder: out, files: [...site.keys()], link: `index.html${place}` })}\n`,
        );
      else if (!process.stdout.isTTY) process.stdout.write(`${out}\n`);
      talk(
        `Wrote ${paint('bold', printable(out))}: put it on any static host, and link to ${paint('bold', `index.html${place}`)}`,
      );
      return;
    }
    const server = await serveSite(site, { port, signal });
    const url = `${server.origin}/${place}`;
    if (json) process.stdout.write(`${JSON.stringify({ url, ...(run !== undefined && { run }) })}\n`);
    else if (!process.stdout.isTTY) process.stdout.write(`${url}\n`);
    talk(`The lab is at ${paint('bold', url)}. Stop with Ctrl-C.`);
    if (open && !json && process.stdout.isTTY) openBrowser(url, note);
    await server.closed;
    signal.throwIfAborted();
  });
}

async function writeSite(site: Site, out: string): Promise<void> {
  await inFolder(makeOutFolder(out), async () => {
    for (const [name, bytes] of site) {
      const path = join(out, name);
      await makeFolders(dirname(path)).catch((cause) => {
        throw diskError(dirname(path), cause);
      });
      await writeAtomically(path, bytes);
    }
  });
}

const OPENERS: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** A computer without a screen has no browser to start: the address is told already. */
function openBrowser(url: string, note: (text: string) => void): void {
  const [command, ...args] = OPENERS[process.platform] ?? ['xdg-open'];
  const browser = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
  browser.on('error', () => note('no browser could be started: open the address in one'));
  browser.unref();
}
