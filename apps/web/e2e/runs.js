import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeZip, readZip } from '@latentkit/formats';
import { axe } from './everyone.js';
import { hold, press } from './hands.js';
import { trainInNode } from './train.js';
import { withFolder } from './with-folder.js';

const SHORT = { epochs: 2, images: 600 };
const button = (page, name) => page.getByRole('button', { name, exact: true }).first();
const card = (page, name) => page.locator('.run-card').filter({ has: page.getByRole('heading', { name }) });

/** Trains a run in the page, by other settings than the one before; it is kept. */
async function trainOne(page, changes) {
  const code = page.locator('[data-fingerprint]');
  const before = (await code.count()) > 0 ? await code.getAttribute('data-fingerprint') : null;
  await page.evaluate(
    (hash) => {
      location.hash = hash;
      // The page has read it once what was asked for after it is done.
      return new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    },
    `#/?${new URLSearchParams({ ...changes, v: 1 })}`,
  );
  await button(page, 'Train').click();
  // What the run before has left on the page says nothing of this one.
  await page.waitForFunction(
    (old) => ![null, old].includes(document.querySelector('[data-fingerprint]')?.dataset.fingerprint ?? null),
    before,
  );
  await page.getByText(/^Finished ·/).waitFor();
  await button(page, 'Download run').waitFor();
}

async function toRuns(page) {
  await page.getByRole('link', { name: 'Runs' }).click();
  await page.locator('.run-card').first().waitFor();
}

/** Renames the first run of the list. */
async function rename(page, to) {
  await page
    .getByRole('button', { name: /^Rename / })
    .first()
    .click();
  await page.getByRole('textbox', { name: /^Another name for/ }).fill(to);
  await page.keyboard.press('Enter');
}

/** The files of a ZIP by their names in it, without its folder. */
async function filesIn(download) {
  const files = {};
  for (const { name, read } of readZip(await readFile(await download.path())))
    files[name.split('/').slice(1).join('/')] = Buffer.from(await read()).toString('base64');
  return files;
}

async function download(page, name) {
  const [one] = await Promise.all([page.waitForEvent('download'), button(page, `Download ${name}`).click()]);
  return one;
}

/** A ZIP whose directory says that its one file is larger than it can be. */
function bombOf(name) {
  const zip = Buffer.from(encodeZip([{ name, bytes: new Uint8Array(1000) }]));
  const entry = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2]));
  zip.writeUInt32LE(3_000_000_000, entry + 24);
  return zip;
}

/** From the press to the map's first dots, in ms: what a person waits for. */
const USABLE = { wanted: 1000, asserted: 20_000 };

/** Notes, before the page's own scripts, when the first places of a map are sent to be drawn and when they are. */
function noteFirstDots() {
  const { bufferData, drawArrays } = WebGL2RenderingContext.prototype;
  const notes = { begun: Number.POSITIVE_INFINITY, arePlaced: false, drawn: undefined };
  Object.assign(globalThis, {
    dots: notes,
    beginDots: () => Object.assign(notes, { begun: performance.now(), arePlaced: false, drawn: undefined }),
  });
  WebGL2RenderingContext.prototype.bufferData = function (target, data, ...rest) {
    // Before there are codes, all dots lie at one place.
    if (data instanceof Float32Array && data.some((value) => value !== data[0])) notes.arePlaced = true;
    return bufferData.call(this, target, data, ...rest);
  };
  WebGL2RenderingContext.prototype.drawArrays = function (...given) {
    drawArrays.apply(this, given);
    if (notes.arePlaced) notes.drawn ??= performance.now() - notes.begun;
  };
}

/** Opens a kept run from the list of runs, and gives after how many ms its first dots are drawn. */
async function openedWithin(page, name) {
  await toRuns(page);
  const press = button(page, `Open ${name}`);
  await press.evaluate((one) => {
    globalThis.beginDots();
    one.click();
  });
  await page.waitForFunction(() => globalThis.dots.drawn !== undefined);
  return Math.round(await page.evaluate(() => globalThis.dots.drawn));
}

export const RUNS_CHECKS = [
  {
    name: 'runs: a kept run is reopened to its map of 2,000 dots while one waits',
    isTimed: true,
    async run({ open }) {
      const { page } = await open({ viewport: { width: 1280, height: 900 } });
      await trainOne(page, { epochs: 1 });
      await page.addInitScript(noteFirstDots);
      await page.reload();
      await toRuns(page);
      const label = await page
        .getByRole('button', { name: /^Open / })
        .first()
        .getAttribute('aria-label');
      const run = label.replace(/^Open /, '');
      const cold = await openedWithin(page, run);
      const again = [];
      for (let i = 0; i < 3; i++) again.push(await openedWithin(page, run));
      const warm = again.sort((a, b) => a - b)[1];
      const said = `first dots ${warm} ms after the press (${USABLE.wanted} wanted), ${cold} in a page that has just begun`;
      hold(warm <= USABLE.asserted, said);
      return said;
    },
  },
  {
    name: 'runs: a kept run is renamed, taken out, deleted by two presses and brought back, with every byte of it',
    graphics: 'none',
    run: ({ open }) =>
      withFolder(async (folder) => {
        const { page } = await open();
        await page.getByRole('link', { name: 'Runs' }).click();
        await page.getByText(/^There is none yet/).waitFor();
        await trainOne(page, SHORT);
        const fingerprint = await page.locator('[data-fingerprint]').getAttribute('data-fingerprint');
        await toRuns(page);
        await page.getByText('Finished, 2 epochs').waitFor();
        await page.getByText('shown now').waitFor();
        await rename(page, 'first');
        await card(page, 'first').waitFor();
        const before = await filesIn(await download(page, 'first'));
        const zip = join(folder, 'first.zip');
        await (await download(page, 'first')).saveAs(zip);
        // The one that is shown has the new name in the bar, too.
        const [barred] = await Promise.all([
          page.waitForEvent('download'),
          button(page, 'Download run').click(),
        ]);
        hold(barred.suggestedFilename() === 'first.zip', `the bar gives ${barred.suggestedFilename()}`);
        await button(page, 'Delete first').click();
        await button(page, 'Delete for good: first').click();
        await page.getByText(/^There is none yet/).waitFor();
        hold((await page.getByRole('button', { name: 'Download run' }).count()) === 0, 'it is offered still');
        await page.getByLabel('Import a ZIP').setInputFiles(zip);
        await card(page, 'first').waitFor();
        const after = await filesIn(await download(page, 'first'));
        hold(JSON.stringify(after) === JSON.stringify(before), 'other bytes came back');
        await page.getByLabel('Import a ZIP').setInputFiles(zip);
        await card(page, 'first-2').waitFor();
        await page.reload();
        await button(page, 'Open first').click();
        await page.locator(`[data-fingerprint="${fingerprint}"]`).waitFor();
        hold(/#\/map/.test(page.url()), `opened at ${page.url()}`);
        const { hash } = await trainInNode(SHORT);
        hold(hash === fingerprint, `expected ${hash}, got ${fingerprint}`);
        // A name that is taken, and one that no folder can have.
        await toRuns(page);
        await rename(page, 'first/second');
        await page
          .getByRole('alert')
          .getByText(/keeps its name/)
          .waitFor();
        await button(page, 'Cancel').click();
        // Nor one that Windows makes no folder of, whatever its ending.
        await rename(page, 'CON.zip');
        const alert = page.getByRole('alert').getByText(/keeps its name: .*Windows has for a device/);
        await alert.waitFor();
        await button(page, 'Cancel').click();
      }),
  },
  {
    name: 'runs: one that another tab goes on with is told where it was to go on, and what is shown stays',
    graphics: 'none',
    async run({ open }) {
      const { page, context } = await open({ hash: '#/?epochs=200&images=600&v=1' });
      await button(page, 'Train').click();
      await page.getByText(/epoch [2-9]/).waitFor();
      await button(page, 'Stop').click();
      await page.getByText(/^Stopped after epoch/).waitFor();
      await toRuns(page);
      const goOn = (tab) => tab.getByRole('button', { name: /^Go on with/ });
      await goOn(page).waitFor();
      const other = await context.newPage();
      await other.goto(page.url());
      await goOn(other).click();
      await other.getByText(/images\/s/).waitFor();
      // This one has not looked since: nobody has come back to it.
      await goOn(page).evaluate((one) => one.click());
      await page
        .getByRole('alert')
        .getByText(/cannot go on: .* is trained in another tab/)
        .waitFor();
      hold(page.url().includes('#/runs'), `it is at ${page.url()}`);
    },
  },
  {
    name: 'runs: a damaged ZIP, one that is cut off and a bomb are told, and nothing of them is kept',
    graphics: 'none',
    run: ({ open }) =>
      withFolder(async (folder) => {
        const { page } = await open();
        await trainOne(page, { ...SHORT, epochs: 1 });
        await toRuns(page);
        await rename(page, 'good');
        const zip = join(folder, 'good.zip');
        await (await download(page, 'good')).saveAs(zip);
        const bytes = await readFile(zip);
        const flipped = Buffer.from(bytes);
        flipped[Math.floor(bytes.length / 2)] ^= 255;
        const said = [];
        for (const [name, content] of [
          ['flipped', flipped],
          ['cut', bytes.subarray(0, bytes.length / 2)],
          ['bomb', bombOf('bomb/config.json')],
          ['text', Buffer.from('not a ZIP')],
        ]) {
          await writeFile(join(folder, `${name}.zip`), content);
          await page.getByLabel('Import a ZIP').setInputFiles(join(folder, `${name}.zip`));
          const alert = page.getByRole('alert').filter({ hasText: `${name}.zip is not kept` });
          await alert.waitFor();
          said.push((await alert.textContent()).split('What the program')[0]);
        }
        hold((await page.locator('.run-card').count()) === 1, 'something of them is kept');
        return said;
      }),
  },
  {
    name: 'runs: two side by side show what differs, both curves, and one image in both maps; a class shown alone is so in both',
    async run({ open }) {
      const { page } = await open();
      await trainOne(page, SHORT);
      await trainOne(page, { ...SHORT, beta: 4 });
      await toRuns(page);
      hold((await page.locator('.run-card').count()) === 2, 'two runs are expected');
      await page.locator('.run-drawing canvas').nth(1).waitFor(); // both are whole, and drawn by one accelerator
      for (const box of await page.getByRole('checkbox').all()) await box.check();
      const beside = page.getByRole('region', { name: 'Side by side' });
      await beside.getByRole('row', { name: /^Beta/ }).waitFor();
      await beside.getByRole('row', { name: /validation loss/ }).waitFor();
      await beside.locator('.curve canvas').waitFor();
      const maps = beside.locator('.map');
      hold((await maps.count()) === 2, 'two maps are expected');
      await beside.locator('.map:not([aria-busy])').nth(1).waitFor();
      // The nearest point to the crosshair of one is marked in the other, and its image is shown.
      await maps.first().focus();
      await press(page, 'n', 2);
      await beside.getByText(/^Image \d+, class \d, marked in all maps$/).waitFor();
      await press(page, 'l');
      await press(page, ']', 4);
      await press(page, 'Enter');
      await beside.getByText(/ of 120 taken, in all maps|\d+ of \d+ taken, in all maps/).waitFor();
      const legend = beside.locator('.legend-classes');
      await legend.getByRole('button', { name: '3', exact: true }).click();
      await legend.locator('[aria-pressed=true]').waitFor();
      await axe(page, 'runs, two side by side');
    },
  },
];
