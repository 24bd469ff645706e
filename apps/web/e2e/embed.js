import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { createAccelerator } from '@latentkit/backend';
import { digitsDataset } from '@latentkit/datasets';
import { encodeShownImages } from '@latentkit/experiment/store';
import { encodeZip, parseJson, parseSafetensors, toFloat32Arrays } from '@latentkit/formats';
import { chooseLatentPlane, createModel, openTrainedModel, parseSavedModel } from '@latentkit/models';
import { saveModel } from '@latentkit/models/saved';
import { serve } from '@latentkit/testing-browser/scripts/serve.js';
import { axe } from './everyone.js';
import { hold, press, watchLongTasks } from './hands.js';
import { newContext } from './lab-browser.js';
import { withRun } from './open.js';
import { withFolder } from './with-folder.js';

const EXAMPLE = fileURLToPath(new URL('../../../examples/18-a-map-in-a-page.html', import.meta.url));
/** JavaScript and WebAssembly together, as a host sends them. */
const MOST_KILOBYTES = 150;
const LONGEST_TASK = { wanted: 50, asserted: 1500 };
/** What a careful page allows: nothing inline, nothing from elsewhere but one host's files. */
const policy = (elsewhere = '') =>
  `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' ${elsewhere}">`;

const element = (page, at = 0) => page.locator('latentkit-map').nth(at);
const mapOf = (page, at = 0) => element(page, at).locator('.map');
const isDrawn = (page, at = 0) =>
  element(page, at)
    .locator('.status:not(:empty)')
    .waitFor({ state: 'detached' })
    .then(() =>
      element(page, at)
        .getByText(/^Decoded at/)
        .waitFor(),
    );

const pixelsOf = (canvas) =>
  canvas.evaluate((one) => [
    ...one
      .getContext('2d')
      .getImageData(0, 0, one.width, one.height)
      .data.filter((_, i) => i % 4 === 0),
  ]);

async function changedFrom(canvas, before) {
  for (let i = 0; i < 100; i++) {
    const now = await pixelsOf(canvas);
    if (now.join() !== before.join()) return now;
    await new Promise((done) => setTimeout(done, 30));
  }
  throw new Error('the decoded image stays the same');
}

/** The page of the example, with elements as asked for instead of its own. */
async function writePage(folder, name, { elements, elsewhere } = {}) {
  const page = await readFile(EXAMPLE, 'utf8');
  const own = elements ? page.replace(/<latentkit-map[\s\S]*<\/latentkit-map>/, elements) : page;
  await writeFile(join(folder, name), own.replace('<head>', `<head>${policy(elsewhere)}`));
}

/** A run's folder as somebody zips it. */
async function zipFolder(folder, within) {
  const names = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((one) =>
    one.isFile(),
  );
  return encodeZip(
    await Promise.all(
      names.map(async ({ parentPath, name }) => {
        const path = join(parentPath, name);
        return { name: `${within}${path.slice(folder.length)}`, bytes: await readFile(path) };
      }),
    ),
  );
}

/** The picture at the middle of the run's plane, as Node decodes it. */
async function decodedInNode(run) {
  const read = async (name) => new Uint8Array(await readFile(join(run, name)));
  const { spec } = parseSavedModel(parseJson(await read('model.json'), 'model.json'), 'model.json');
  const weights = toFloat32Arrays(parseSafetensors(await read('model.safetensors')).tensors);
  const accelerator = await createAccelerator({ workers: 1 });
  const model = await openTrainedModel(spec, weights, { accelerator });
  const { validation } = digitsDataset({ train: 0 });
  const codes = await model.encode(validation.images);
  const { origin } = chooseLatentPlane(codes, spec.latentDim);
  const image = await model.decode(Float32Array.from(origin));
  await accelerator.close();
  return [...image].map((value) => Math.round(255 * Math.min(1, Math.max(0, value))));
}

/** A small network with its images, untrained: what it draws is of no matter here. */
function smallZip(fields) {
  const { validation, classNames } = digitsDataset({ train: 0, validation: 40 });
  const net = { type: 'mlp', hidden: [8], activation: 'relu' };
  const spec = {
    ...{ kind: 'vae', image: validation.shape, encoder: net, decoder: net, ...fields },
    likelihood: { type: 'bernoulli', output: 'sigmoid' },
  };
  const files = saveModel({ spec, weights: createModel(spec).initialize(1), epoch: 1 });
  const images = encodeShownImages({ set: validation, of: 'digits', classNames, learnedFrom: false });
  const bytes = (content) => (typeof content === 'string' ? new TextEncoder().encode(content) : content);
  return encodeZip(
    Object.entries({ ...files, 'images.safetensors': images }).map(([name, content]) => ({
      name,
      bytes: bytes(content),
    })),
  );
}

/** Memories of WebAssembly that the page still holds. */
async function memoriesOf(cdp) {
  await cdp.send('HeapProfiler.collectGarbage');
  const { result } = await cdp.send('Runtime.evaluate', { expression: 'WebAssembly.Memory.prototype' });
  const { objects } = await cdp.send('Runtime.queryObjects', { prototypeObjectId: result.objectId });
  const { result: count } = await cdp.send('Runtime.callFunctionOn', {
    ...{ objectId: objects.objectId, functionDeclaration: 'function () { return this.length; }' },
    returnByValue: true,
  });
  for (const { objectId } of [result, objects]) await cdp.send('Runtime.releaseObject', { objectId });
  return count.value;
}

/** Waits until it holds so many: what is closed goes in turns, and what is garbage is found when it is looked for. */
async function holdsMemories(cdp, wanted, when) {
  let found = 0;
  for (let i = 0; i < 50; i++) {
    found = await memoriesOf(cdp);
    if (found === wanted) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`${when} the page holds ${found} memories, expected ${wanted}`);
}

export const EMBED_CHECKS = [
  {
    name: 'embed: a run in a plain page by one module, under a content policy; map, hover, drag and keys; what is taken out of the page is freed',
    isolated: false,
    site: 'embed',
    run: ({ open, folder }) =>
      withRun(async ({ run }) => {
        const script = await readFile(join(folder, 'latentkit-map.js'));
        const kilobytes = gzipSync(script, { level: 9 }).length / 1000;
        hold(
          kilobytes < MOST_KILOBYTES,
          `the module is ${kilobytes.toFixed(1)} kB compressed, ${MOST_KILOBYTES} at most`,
        );
        hold(
          (await readdir(folder)).filter((name) => name.endsWith('.js')).length === 1,
          'it is more than one file',
        );
        await writeFile(join(folder, 'run.zip'), await zipFolder(run, 'first'));
        await writePage(folder, 'index.html');
        const { page } = await open({ hash: 'index.html', viewport: { width: 900, height: 900 } });
        await isDrawn(page);
        const after = Math.round(await page.evaluate(() => performance.now()));
        const decoded = element(page).getByRole('img', { name: 'Decoded' });
        const middle = await pixelsOf(decoded);
        hold(
          middle.join() === (await decodedInNode(run)).join(),
          'the middle of the map is not decoded to the bits of Node',
        );
        const tasks = await watchLongTasks(page);
        const box = await mapOf(page).boundingBox();
        const at = (x, y) => [box.x + x * box.width, box.y + y * box.height];
        await page.mouse.move(...at(0.4, 0.4));
        const hovered = await changedFrom(decoded, middle);
        await page.mouse.down();
        await page.mouse.move(...at(0.6, 0.6), { steps: 12 });
        await page.mouse.up();
        const dragged = await changedFrom(decoded, hovered);
        await element(page).getByRole('button', { name: '3', exact: true }).click();
        await element(page).locator('[aria-pressed=true]').waitFor();
        await mapOf(page).focus();
        await press(page, 'n');
        await element(page)
          .getByText(/^Image \d+, class 3$/)
          .waitFor();
        await press(page, 'ArrowLeft', 3);
        await changedFrom(decoded, dragged);
        await press(page, 'c', 2);
        const longest = Math.max(0, ...(await tasks()));
        hold(longest < LONGEST_TASK.asserted, `a task took ${longest} ms`);
        await axe(page, 'the page with a map');
        // Out of the page, back, and away: nothing of it stays.
        const cdp = await page.context().newCDPSession(page);
        await holdsMemories(cdp, 1, 'with one map');
        await page.evaluate(() => {
          globalThis.taken = document.querySelector('latentkit-map');
          globalThis.taken.remove();
        });
        await holdsMemories(cdp, 0, 'without it');
        await page.evaluate(() => document.querySelector('main').append(globalThis.taken));
        await element(page).scrollIntoViewIfNeeded();
        await isDrawn(page);
        for (let i = 0; i < 20; i++) {
          await page.evaluate(() => {
            globalThis.taken.remove();
            document.querySelector('main').append(globalThis.taken);
          });
        }
        await isDrawn(page);
        await holdsMemories(cdp, 1, 'after it came back');
        return [
          `latentkit-map.js: ${kilobytes.toFixed(1)} kB compressed (${MOST_KILOBYTES} at most)`,
          `map drawn and decoded ${after} ms after the page began; longest task of a hand ${longest} ms (${LONGEST_TASK.wanted} wanted)`,
        ];
      }),
  },
  {
    name: 'embed: several on one page, one told classes; a file that is missing, no ZIP, damaged, without a model or kept from the page is told in a sentence',
    isolated: false,
    site: 'embed',
    run: ({ browser, folder, origin }) =>
      withFolder(async (rest) => {
        const zip = smallZip({ latentDim: 3 });
        const damaged = zip.slice();
        const weights = Buffer.from(zip).indexOf('model.safetensors') + 1000;
        damaged.fill(7, weights, weights + 200);
        const FILES = {
          'several-1.zip': zip,
          'told.zip': smallZip({ latentDim: 1, condition: { classes: 10 } }),
          'damaged.zip': damaged,
          'cut.zip': zip.subarray(0, zip.length - 50),
          'page.zip': new TextEncoder().encode('<!doctype html><title>Sign in</title>'),
          'bare.zip': encodeZip([{ name: 'r/config.json', bytes: new Uint8Array(2) }]),
        };
        for (const [name, bytes] of Object.entries(FILES)) await writeFile(join(folder, name), bytes);
        await mkdir(join(rest, 'else'));
        await writeFile(join(rest, 'else', 'run.zip'), zip);
        const elsewhere = await serve(join(rest, 'else'), {});
        const open = await serve(join(rest, 'else'), { 'access-control-allow-origin': '*' });
        const context = await newContext(browser, { viewport: { width: 900, height: 900 } });
        try {
          const tag = (src) => `<latentkit-map${src === undefined ? '' : ` src="${src}"`}></latentkit-map>`;
          const show = async (name, sources) => {
            const page = await context.newPage();
            await writePage(folder, name, {
              elements: sources.map(tag).join('\n'),
              elsewhere: `${elsewhere.origin} ${open.origin}`,
            });
            await page.goto(`${origin}/${name}`);
            return page;
          };
          const several = await show('several.html', ['several-1.zip', 'told.zip', `${open.origin}/run.zip`]);
          for (const at of [0, 1, 2]) {
            await element(several, at).scrollIntoViewIfNeeded();
            await isDrawn(several, at);
          }
          const told = element(several, 1);
          const before = await pixelsOf(told.getByRole('img', { name: 'Decoded' }));
          await told.getByRole('combobox').selectOption('7');
          await changedFrom(told.getByRole('img', { name: 'Decoded' }), before);
          await several.setViewportSize({ width: 380, height: 780 });
          await axe(several, 'several maps on a phone');
          const said = [];
          const WRONG = [
            ['gone.zip', /^gone\.zip is not there: its host says 404\.$/],
            ['page.zip', /^page\.zip is no ZIP, or a damaged one\.$/],
            ['cut.zip', /^cut\.zip is no ZIP, or a damaged one\.$/],
            ['damaged.zip', /./],
            ['bare.zip', /model\.json and model\.safetensors together, got r\/config\.json\.$/],
            [
              `${elsewhere.origin}/run.zip`,
              /^run\.zip did not come: 127\.0\.0\.1 does not answer, or does not let this page read it\.$/,
            ],
            [undefined, /has no src/],
            ['http://', /is no address/],
          ];
          const wrong = await show(
            'wrong.html',
            WRONG.map(([src]) => src),
          );
          for (const [at, [src, words]] of WRONG.entries()) {
            await element(wrong, at).scrollIntoViewIfNeeded();
            const status = element(wrong, at).locator('.status.bad');
            await status.waitFor();
            const text = await status.textContent();
            hold(words.test(text) && /^[^.?!]*(?:\.\S[^.?!]*)*\.$/.test(text), `of ${src} it says: ${text}`);
            said.push(text);
          }
          await axe(wrong, 'maps that cannot be');
          // Another source mends it.
          await wrong.evaluate(() => {
            document.querySelector('latentkit-map').src = 'several-1.zip';
          });
          await element(wrong, 0).scrollIntoViewIfNeeded();
          await isDrawn(wrong, 0);
          return said;
        } finally {
          await context.close();
          await elsewhere.close();
          await open.close();
        }
      }),
  },
];
