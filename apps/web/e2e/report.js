import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ask, downloadRun, standInstalled } from './command-line.js';
import { hold } from './hands.js';
import { trainTour } from './train.js';
import { withFolder } from './with-folder.js';

/** What a report needs: styles and pictures of its own. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** The report that the page gives, as text. */
export async function takeReport(page) {
  const button = page.getByRole('button', { name: 'Report', exact: true });
  if (!(await button.isVisible())) await page.getByRole('button', { name: 'Export', exact: true }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  hold(download.suggestedFilename() === 'report.html', `it is called ${download.suggestedFilename()}`);
  const html = await readFile(await download.path(), 'utf8');
  await page.keyboard.press('Escape');
  return html;
}

/** The first line in which two texts differ; undefined where they are the same. */
export function difference(got, expected) {
  if (got === expected) return undefined;
  const [a, b] = [got, expected].map((text) => text.split('\n'));
  const at = a.findIndex((line, i) => line !== b[i]);
  return `line ${at + 1}: ${a[at]?.slice(0, 200)}\n      and the command line has: ${b[at]?.slice(0, 200)}`;
}

/** What a browser shows of a report, opened from a disk or under a policy; throws what goes wrong. */
async function look(page, report, html) {
  const problems = [];
  page.on('console', (message) => problems.push(message.text()));
  page.on('request', (request) => {
    if (!/^(?:data|file):/.test(request.url()) && request.url() !== report) problems.push(request.url());
  });
  if (html !== undefined) {
    const headers = { 'content-security-policy': POLICY };
    await page.route(report, (route) => route.fulfill({ contentType: 'text/html', headers, body: html }));
  }
  await page.goto(report);
  const widths = await page.evaluate(() => {
    for (const image of document.images) image.loading = 'eager';
    return Promise.all(
      [...document.images].map(async (image) => {
        await image.decode();
        return image.naturalWidth;
      }),
    );
  });
  const margin = await page.evaluate(() => getComputedStyle(document.querySelector('main')).maxWidth);
  hold(margin !== 'none', 'its styles do not count');
  hold(problems.length === 0, problems.join('\n      '));
  return widths;
}

export const REPORT_CHECKS = [
  {
    name: 'report: what Export gives is what the command line writes of the same run, byte for byte; it opens from a disk and under a strict policy',
    graphics: 'none',
    run: (lab) =>
      withFolder(async (folder) => {
        await standInstalled(folder);
        const { page } = await trainTour(lab, '#/?epochs=2&images=500&v=1');
        const run = await downloadRun(page, folder);
        const start = performance.now();
        const html = await takeReport(page);
        const seconds = (performance.now() - start) / 1000;
        const out = join(folder, 'report-of-the-command-line.html');
        await ask('report', run, '--out', out);
        const apart = difference(html, await readFile(out, 'utf8'));
        hold(apart === undefined, apart);
        // Opened from its files, and of no store.
        await page.getByRole('link', { name: 'Train' }).click();
        await page
          .getByLabel('Open a ZIP or a model')
          .setInputFiles(
            ['config.json', 'data.json', 'metrics.jsonl', 'model.json', 'model.safetensors', 'end.json'].map(
              (name) => join(run, name),
            ),
          );
        await page.locator('.run-bar').getByText('config.json', { exact: true }).waitFor();
        const again = difference(await takeReport(page), html);
        hold(again === undefined, `of a run that was opened: ${again}`);

        const path = join(folder, 'report.html');
        await writeFile(path, html);
        const other = await page.context().newPage();
        const widths = await look(other, pathToFileURL(path).href);
        hold(widths.length >= 6 && widths.every((width) => width > 0), `figures as wide as ${widths}`);
        await other.close();
        const strict = await page.context().newPage();
        await look(strict, `${lab.origin}/report.html`, html);
        await strict.close();
        return `${(html.length / 1e6).toFixed(2)} MB, ${widths.length} figures, made in ${seconds.toFixed(1)} s; the same bytes as the command line's`;
      }),
  },
  {
    name: 'report: of a model without its run there is none, and it says what to do',
    graphics: 'none',
    async run(lab) {
      const { page } = await trainTour(lab, '#/?epochs=1&images=500&v=1');
      await withFolder(async (folder) => {
        const run = await downloadRun(page, folder);
        await page
          .getByLabel('Open a ZIP or a model')
          .setInputFiles(['model.json', 'model.safetensors'].map((name) => join(run, name)));
        await page.locator('.run-bar').getByText('model.json', { exact: true }).waitFor();
      });
      await page.getByRole('button', { name: 'Export', exact: true }).click();
      await page.getByRole('button', { name: 'Report', exact: true }).click();
      await page
        .locator('#exports [role=status]')
        .getByText(/this is a model alone/)
        .waitFor();
    },
  },
];
