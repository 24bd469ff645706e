import { spawn } from 'node:child_process';
import { realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { LatentkitError } from '@latentkit/core';
import { SHOWN_FILES, showRun } from '@latentkit/experiment/node';
import { writeTogether } from '@latentkit/formats/node';
import { createDownloadView, paint, printable, runCommand, talk } from '@latentkit/terminal';
import { type ImageOptions, imagesOf } from '../image-options.ts';
import { labPage, type Site } from '../lab/lab-page.ts';
import { mapPage } from '../lab/map-page.ts';
import { serveSite } from '../lab/serve-site.ts';
import { checkFree, inFolder, makeOutFolder } from '../out-folder.ts';

export interface UiOptions extends ImageOptions {
  limit?: number;
  port?: number;
  open: boolean;
  page?: string;
  embed?: boolean;
  out?: string;
  force?: boolean;
  json?: boolean;
}

/** Where a run lies beside the page. */
const RUN_FOLDER = 'run';
const PAGE = 'index.html';

/** The lab with a run in it: served, or written. */
export async function ui(run: string | undefined, options: UiOptions): Promise<void> {
  const { limit, out, force, json = false, port, open, embed = false } = options;
  checkTogether(run, options);
  if (out !== undefined) await checkPlace(out, run);
  await runCommand({ json, leaves: 'Stopped.' }, async ({ line, signal, note }) => {
    line.update(() => 'Reading the run');
    const files =
      run === undefined
        ? []
        : await showRun(run, {
            ...{ ...imagesOf(options), limit, signal, onNote: note },
            onProgress: createDownloadView(line),
          });
    line.clear();
    const site: Site = embed
      ? await mapPage(files, options.page)
      : new Map([
          ...(await labPage(options.page)),
          ...files.map(({ name, bytes }) => [`${RUN_FOLDER}/${name}`, bytes] as const),
        ]);
    const place = run === undefined || embed ? '' : `#/map?open=${RUN_FOLDER}&v=1`;
    if (out !== undefined) {
      await checkFree(out, [...new Set([...site.keys()].map((name) => name.split('/')[0]!))], { force });
      await writeSite(site, out);
      if (json)
        process.stdout.write(
          `${JSON.stringify({ folder: out, files: [...site.keys()], link: `${PAGE}${place}` })}\n`,
        );
      else if (!process.stdout.isTTY) process.stdout.write(`${out}\n`);
      talk(
        `Wrote ${paint('bold', printable(out))}: put it on any static host, and link to ${paint('bold', `${PAGE}${place}`)}`,
      );
      return;
    }
    const server = await serveSite(site, { port, signal });
    const url = `${server.origin}/${place}`;
    if (json) process.stdout.write(`${JSON.stringify({ url, ...(run !== undefined && { run }) })}\n`);
    else if (!process.stdout.isTTY) process.stdout.write(`${url}\n`);
    talk(`The ${embed ? 'map' : 'lab'} is at ${paint('bold', url)}. Stop with Ctrl-C.`);
    if (open && !json && process.stdout.isTTY) openBrowser(url, note);
    await server.closed;
    signal.throwIfAborted();
  });
}

/** What would be looked past is refused. */
function checkTogether(run: string | undefined, { limit, out, port, ...options }: UiOptions): void {
  const usage = (what: string, fix: string) => new LatentkitError('E_USAGE', `ui: ${what}`, { fix });
  if (out !== undefined && port !== undefined) {
    throw usage('--port goes with serving, not with --out', 'Leave one of them out');
  }
  const { set, data, labels, dataset, dataDir: dir, embed } = options;
  const asked = Object.entries({ set, data, labels, dataset, 'data-dir': dir, limit, embed }).find(
    ([, value]) => value,
  );
  if (run !== undefined || !asked) return;
  throw usage(`--${asked[0]} goes with a run`, 'Name its folder: ui RUN');
}

/** A page is neither put into the run that it shows nor over it. */
async function checkPlace(out: string, run: string | undefined): Promise<void> {
  if (run === undefined) return;
  const real = (path: string) => realpath(path).catch(() => undefined);
  const own = await real(run);
  if (own === undefined || (own !== (await real(out)) && own !== (await real(join(out, RUN_FOLDER))))) return;
  throw new LatentkitError('E_EXISTS', `${out} is the run's own folder, or holds it as ${RUN_FOLDER}`, {
    fix: 'Choose another folder with --out',
  });
}

async function writeSite(site: Site, out: string): Promise<void> {
  await inFolder(makeOutFolder(out), async () => {
    // The page itself last: what a kill cuts short is no site yet.
    const isPage = (name: string) => name === PAGE;
    const files = [...site].sort(([a], [b]) => Number(isPage(a)) - Number(isPage(b)));
    await writeTogether(files.map(([name, content]) => ({ path: join(out, name), content })));
    // What this run does not have would be taken from the one that was shown there before.
    const shown = SHOWN_FILES.map((name) => `${RUN_FOLDER}/${name}`);
    if (!shown.some((name) => site.has(name))) return;
    for (const name of shown) if (!site.has(name)) await rm(join(out, name), { force: true });
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
  const tell = () => note('no browser could be started: open the address in one');
  browser.on('error', tell);
  browser.on('exit', (code) => {
    if (code) tell(); // there is a program that looks for browsers, and it found none
  });
  browser.unref();
}
