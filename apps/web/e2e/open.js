import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve } from '@latentkit/testing-browser/scripts/serve.js';
import { axe } from './everyone.js';
import { decodedAfter, hold, map, moveOver } from './hands.js';
import { openLab } from './lab-browser.js';

const PROGRAM = fileURLToPath(new URL('../../cli/dist/main.js', import.meta.url));
/** No picture of such a run is looked at: the page makes its own. */
const TRAIN = [
  ...['train', '--recipe', 'digits-tour', '--limit', '600', '--epochs', '2'],
  ...['--set', 'figures=[]', '--out'],
];

function start(args) {
  const program = spawn(process.execPath, [PROGRAM, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  program.errors = '';
  program.stderr.on('data', (text) => {
    program.errors += text;
  });
  return program;
}

async function runProgram(args) {
  const program = start(args);
  program.stdout.resume();
  const [code] = await once(program, 'close');
  if (code !== 0) throw new Error(`latentkit ${args.join(' ')} ended with ${code}: ${program.errors}`);
}

/** Works with a run of the command line, in a folder that is gone afterwards. */
export async function withRun(work, ...flags) {
  const folder = await mkdtemp(join(tmpdir(), 'latentkit-run-'));
  try {
    const run = join(folder, 'first');
    await runProgram([...TRAIN, run, ...flags]);
    return await work({ run, folder });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const fingerprintOn = async (page) => {
  const code = page.locator('[data-fingerprint]');
  await code.waitFor();
  return code.getAttribute('data-fingerprint');
};

/** The map is there, and decodes under the pointer. */
async function walkOn(page) {
  await page.getByRole('link', { name: 'Map' }).click();
  await map(page).scrollIntoViewIfNeeded();
  await moveOver(page, 0.5, 0.5);
  const first = await decodedAfter(page, undefined);
  await moveOver(page, 0.3, 0.3);
  await decodedAfter(page, first);
}

export const OPEN_CHECKS = [
  {
    name: 'open: app:cli ui shows a run of the command line, on an isolated page of its own, to this computer alone',
    run: ({ browser, folder: site }) =>
      withRun(async ({ run, folder }) => {
        // The page under test, where the program looks for it.
        const program = start(['ui', run, '--json', '--port', '0', '--page', site]);
        const ended = once(program, 'close');
        try {
          const [line] = await once(program.stdout, 'data');
          const { url } = JSON.parse(line);
          const { origin } = new URL(url);
          const { context, page, problems } = await openLab(browser, origin, {
            hash: url.slice(origin.length + 1),
          });
          try {
            const fingerprint = await fingerprintOn(page);
            await page.getByText('Opened · epoch 2 of 2').waitFor();
            if (!(await page.evaluate(() => crossOriginIsolated)))
              throw new Error('the page is not isolated');
            await walkOn(page);
            await page.reload();
            if ((await fingerprintOn(page)) !== fingerprint) throw new Error('a reload shows other weights');
            if (problems.length > 0) throw new Error(problems.join('\n      '));
          } finally {
            await context.close();
          }
        } finally {
          program.kill('SIGINT');
        }
        const [code] = await ended;
        if (code !== 130) throw new Error(`stopped by Ctrl-C, ui ended with ${code}: ${program.errors}`);
        await runProgram(['ui', run, '--out', join(folder, 'site', 'lab'), '--page', site]);
        const host = await serve(join(folder, 'site'), {});
        const { context, page, problems } = await openLab(browser, host.origin, {
          hash: 'lab/index.html#/map?open=run&v=1',
        });
        try {
          await fingerprintOn(page);
          await walkOn(page);
          if (problems.length > 0) throw new Error(problems.join('\n      '));
        } finally {
          await context.close();
          await host.close();
        }
      }),
  },
  {
    name: "open: a run's folder that is chosen or dropped opens, to the weights that its files hold; a damaged one says so, and nothing is lost",
    run: ({ open }) =>
      withRun(async ({ run }) => {
        const { page } = await open();
        await page.getByLabel("Open a run's folder").setInputFiles(run);
        const fingerprint = await fingerprintOn(page);
        await page.getByText('Opened · epoch 2 of 2').waitFor();
        await walkOn(page);
        // The same by its two files, then with the weights of nothing.
        await page.getByRole('link', { name: 'Train' }).click();
        const files = page.getByLabel('Open a ZIP or a model');
        await files.setInputFiles([join(run, 'model.json'), join(run, 'model.safetensors')]);
        await page.getByText(/This is a model alone/).waitFor();
        if ((await fingerprintOn(page)) !== fingerprint) throw new Error('the model alone has other weights');
        await page.getByRole('link', { name: 'Train' }).click();
        await files.setInputFiles([join(run, 'model.safetensors')]);
        await page.getByText(/model\.json and model\.safetensors together, got model\.safetensors/).waitFor();
        if ((await fingerprintOn(page)) !== fingerprint) throw new Error('what was shown is gone');
      }),
  },
  {
    name: 'open: a run of fused arithmetic is looked at without a word; to train by it is refused, with what to do, and nothing is lost; nor does it go on here',
    graphics: 'none',
    run: ({ open }) =>
      withRun(
        async ({ run }) => {
          const { page } = await open();
          await page.getByLabel("Open a run's folder").setInputFiles(run);
          const fingerprint = await fingerprintOn(page);
          await walkOn(page);
          await page.getByRole('link', { name: 'Evaluate' }).click();
          await page.getByRole('button', { name: 'Evaluate', exact: true }).click();
          await page.getByText('The smallest errors').waitFor();
          await page.getByRole('link', { name: 'Map' }).click();
          // What is wrong with a setting is known once its fields are.
          await page.getByRole('link', { name: 'Train' }).click();
          await page.getByText('Details', { exact: true }).click();
          await page.getByLabel('Arithmetic').waitFor();
          hold((await page.getByRole('alert').count()) === 0, 'a run that is looked at is complained of');
          const train = page.getByRole('button', { name: 'Train', exact: true });
          await train.click();
          await page
            .getByRole('alert')
            .getByText(/a page trains with 'strict' alone/)
            .waitFor();
          await axe(page, 'train, of fused arithmetic');
          hold((await fingerprintOn(page)) === fingerprint, 'what was shown is gone');
          await walkOn(page);
          // Imported as one that was stopped, it does not go on.
          for (const file of ['end.json', 'model.json', 'model.safetensors']) await rm(join(run, file));
          await page.getByRole('link', { name: 'Runs' }).click();
          await page.getByLabel('Import a folder').setInputFiles(run);
          await page.getByRole('button', { name: 'Go on with first' }).click();
          await page
            .getByRole('alert')
            .getByText(/first cannot go on: .* let latentkit go on with it/)
            .waitFor();
          hold((await fingerprintOn(page)) === fingerprint, 'what was shown is gone');
          // A run of its own, with other weights, by one press.
          await page.getByRole('link', { name: 'Train' }).click();
          await page.getByRole('button', { name: 'Train a run with strict arithmetic' }).click();
          await page.getByText(/^Finished ·/).waitFor();
          hold((await page.getByRole('alert').count()) === 0, 'a strict run is complained of');
          await page.getByRole('link', { name: 'Runs' }).click();
          await page.getByRole('button', { name: /^Open \d{8}-\d{6}-digits-tour/ }).waitFor();
          await page.getByRole('button', { name: 'Go on with first' }).waitFor();
        },
        '--arithmetic',
        'fused',
      ),
  },
];
