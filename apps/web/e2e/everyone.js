import { AxeBuilder } from '@axe-core/playwright';
import { decodedAfter, eventually, hold, map, press } from './hands.js';
import { inOrder, listen, ofEpochs } from './listen.js';
import { trainTour } from './train.js';

/** The rules of axe that look at colours: in the other scheme, nothing else is another. */
const COLOR_RULES = ['color-contrast', 'link-in-text-block'];

/** Looks with axe in both schemes: by all of its rules in one, by those of colours in the other too. */
export async function axe(page, where) {
  const violations = [];
  for (const [colorScheme, rules] of [['light'], ['dark', COLOR_RULES]]) {
    await page.emulateMedia({ colorScheme });
    // No page of the lab has frames: a second page to put what is found of them together would be for nothing.
    const builder = new AxeBuilder({ page }).setLegacyMode();
    const found = await (rules ? builder.withRules(rules) : builder).analyze();
    violations.push(...found.violations);
  }
  const words = violations.map(
    ({ id, help, nodes }) =>
      `${where}: ${id}: ${help}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
  );
  hold(violations.length === 0, words.join('\n      '));
}

/** What Tab comes to, from the top of the page on, each by its name. */
async function tabOrder(page) {
  await page.evaluate(() => {
    document.activeElement.blur();
    scrollTo(0, 0);
    // A place to start from, before everything.
    const start = document.createElement('span');
    start.tabIndex = -1;
    document.body.prepend(start);
    start.focus();
    start.remove();
  });
  const names = [];
  for (let i = 0; i < 150; i++) {
    await page.keyboard.press('Tab');
    const name = await page.evaluate(() => {
      const one = document.activeElement;
      if (!one || one === document.body) return undefined;
      const label = one.labels?.[0]?.querySelector('span, b')?.textContent ?? one.labels?.[0]?.textContent;
      return (one.ariaLabel ?? label ?? one.textContent).trim();
    });
    if (name === undefined) break;
    names.push(name);
  }
  return names;
}

function sameOrder(got, wanted, where) {
  const at = wanted.findIndex((name, i) => got[i] !== name);
  const first = at < 0 ? wanted.length : at;
  hold(
    at < 0 && got.length === wanted.length,
    `${where}: Tab comes to '${got[first]}' where '${wanted[first]}' is expected: ${JSON.stringify(got)}`,
  );
}

/** WCAG's contrast of two colours of the page's theme. */
const contrastOf = (page, one, other) =>
  page.evaluate(
    (names) => {
      const [a, b] = names.map((name) => {
        const context = new OffscreenCanvas(1, 1).getContext('2d');
        context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(name);
        context.fillRect(0, 0, 1, 1);
        const [red, green, blue] = [...context.getImageData(0, 0, 1, 1).data].map((value) => {
          const share = value / 255;
          return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      });
      return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    },
    [one, other],
  );

const PAD = 'Drawing pad: arrow keys move, space draws and stops';
const DIGITS = [...'0123456789'];
const TOP = ['Train', 'Map', 'Evaluate', 'Compare', 'Runs', 'Learn ?']; // nothing to undo yet
const RUN = ['Train', 'Download run', 'Export'];
const MAP_AND_TOOLS = [
  'Learn: the rings on the map',
  'Map of 1000 codes, 10 classes',
  'Zoom in',
  'Zoom out',
  'Show the whole map',
  'Drag the map',
  'Save the map as a picture',
  ...DIGITS,
];
/** Of the places, once a network has been trained, for fewer epochs than the recipe says; a part that cannot be used is passed over. */
const ORDER = {
  train: [
    ...TOP,
    ...RUN,
    ...[
      'Images',
      'Small',
      'As the recipe',
      'Numbers in a code',
      'Learn: what a code is',
      'Beta',
      'Learn: what beta does',
    ],
    ...['Epochs', 'Learn: when to end', 'Seed', 'Learn: what a seed promises', 'Details', 'Recipe'],
    ...["Open a run's folder", 'Open a ZIP or a model', 'Link', 'Command', 'JavaScript', 'JSON'],
    ...MAP_AND_TOOLS,
    ...['Learn: the two parts of the loss', 'Which curve', 'log', 'smooth', 'Show as table'],
    ...[
      'Learn: why pictures are blurred',
      'Learn: a copy is not a sample',
      'Learn: dimensions that say nothing',
    ],
  ],
  map: [
    ...TOP,
    ...RUN,
    ...MAP_AND_TOOLS,
    ...['Lasso', 'Undo stroke', 'Clear', PAD, ...DIGITS, 'The whole plane'],
  ],
};

export const EVERYONE_CHECKS = [
  {
    name: 'everyone: Tab goes through each place in the order that one reads it in; all that a pointer does on the map is done by keys, and said',
    async run(lab) {
      const { page, seconds } = await trainTour(lab, '#/?epochs=3&v=1', async (page) => {
        lab.heard = await listen(page);
      });
      await page.getByRole('button', { name: 'Download run' }).waitFor();
      await page.waitForTimeout(300);
      sameOrder(await tabOrder(page), ORDER.train, 'Train');
      await press(page, '2');
      sameOrder(await tabOrder(page), ORDER.map, 'Map');

      await map(page).focus();
      await press(page, 'ArrowRight', 3);
      const first = await decodedAfter(page, undefined);
      await press(page, 'a');
      await press(page, 'ArrowUp', 6);
      await decodedAfter(page, first);
      await press(page, 'b');
      await page.getByRole('img', { name: /^From A to B/ }).waitFor();
      await press(page, 'w');
      await decodedAfter(page, await decodedAfter(page, undefined));
      await press(page, 'w');
      await press(page, 'c');
      await page.locator('.legend-classes [aria-pressed=true]').waitFor();
      for (let i = 0; i < 10; i++) await press(page, 'c'); // through all classes, to all of them again
      hold((await page.locator('.legend-classes [aria-pressed=true]').count()) === 0, 'a class stays alone');
      await press(page, 'l');
      await press(page, ']', 3);
      await press(page, 'Enter');
      await page.getByText(/of 1,000 codes/).waitFor();
      await press(page, 'n');
      await press(page, 'i');
      const focused = () => page.evaluate(() => document.activeElement.getAttribute('aria-label'));
      hold((await focused()) === 'Under the hand', `I leads to ${await focused()}`);
      await press(page, 'Escape');
      hold(/^Map of/.test(await focused()), `Escape leads back to ${await focused()}`);
      await press(page, '+', 2);
      await press(page, '0');
      const saidLast = async () => (await lab.heard()).some((said) => said.includes(' times'));
      await eventually(saidLast, 'how near one is, is not said'); // one thing is said after the other
      await page.getByText('Show as list').click();
      await page
        .getByText(/^Image \d+, class \d, [\d.]+ from their mean$/)
        .first()
        .waitFor();
      const pad = page.getByRole('application', { name: PAD });
      await pad.focus();
      await press(page, ' ');
      await press(page, 'ArrowDown', 14);
      await press(page, ' ');
      await page.getByText(/^More unusual than/).waitFor();
      await page.getByRole('img', { name: 'What it makes of it' }).waitFor();
      const heard = await lab.heard();
      inOrder(heard, ['Starting.', ...ofEpochs(seconds), 'Finished. Loss']);
      inOrder(heard, [
        'At ',
        'End A of the walk is here.',
        'End B of the walk is here.',
        'Walking from A to B.',
        'Walk held.',
        'Class 0 alone',
        'All classes.',
        'codes in the round.',
        'of 1,000 codes',
        'codes in the round, taken.',
        'Image ',
        ' times',
      ]);
    },
  },
  {
    name: 'everyone: what is next for Tab is next for the eye, in both places at every width',
    async run({ open }) {
      const { page } = await open();
      await page.getByRole('button', { name: /^Teach a network/ }).waitFor();
      const backwards = () =>
        page.evaluate(() => {
          const stops = [
            ...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]'),
          ]
            .filter((one) => !one.disabled && one.tabIndex === 0 && one.checkVisibility())
            .map((one) => ({
              name: one.ariaLabel ?? one.textContent.trim(),
              box: one.getBoundingClientRect(),
            }));
          // One reads down a column, then the next to its right.
          return stops.flatMap(({ name, box }, i) => {
            const before = stops[i - 1];
            const isBack = before && box.bottom <= before.box.top && box.left < before.box.right;
            return isBack ? [`${before.name} -> ${name}`] : [];
          });
        });
      for (const width of [320, 380, 600, 800, 1100, 1440, 1600]) {
        await page.setViewportSize({ width, height: 900 });
        for (const place of ['Train', 'Map', 'Evaluate', 'Compare', 'Runs']) {
          await page.getByRole('link', { name: place }).click();
          const fold = page.getByRole('button', { name: /^Settings/ });
          if (place === 'Train' && (await fold.isVisible())) await fold.click();
          await page.waitForTimeout(100);
          const found = await backwards();
          hold(found.length === 0, `${place}, ${width} px: ${found.join('; ')}`);
        }
      }
    },
  },
  {
    name: 'everyone: axe finds nothing in either scheme on any view: first screen, tour, trained, details, map, selection, cards, slow motion',
    isolated: false, // with the chips that say so
    async run({ open }) {
      const { page } = await open();
      await page.getByRole('button', { name: /^Teach a network/ }).waitFor();
      await axe(page, 'first screen');
      await page.getByRole('button', { name: '1 thread' }).click();
      await axe(page, 'a chip that says why');
      await press(page, 'Escape');
      await page.getByRole('button', { name: /^Teach a network/ }).click();
      await page.getByText('Watch the ten digits part').first().waitFor();
      await axe(page, 'tour');
      await page.getByText(/epoch (?:[2-9]|10) of/).waitFor();
      // What it has learned by then does, unless it is through.
      await page.getByRole('button', { name: 'Stop', exact: true }).evaluate((button) => button.click());
      await page.locator('[data-fingerprint]').waitFor();
      await page.getByRole('button', { name: 'Skip the tour' }).click();
      await page.getByText('Details', { exact: true }).click();
      await page.getByText('Form', { exact: true }).waitFor();
      await axe(page, 'trained, with details');
      await press(page, '2');
      await map(page).focus();
      await press(page, 'l');
      await press(page, 'Enter');
      await page.getByRole('img', { name: 'Their mean code, decoded' }).waitFor();
      await axe(page, 'map, with a selection');
      await press(page, '?');
      await page.getByText('The encoder says how sure it is').click();
      await page.getByRole('button', { name: 'Follow eight images' }).click();
      await page.getByText(/^Batch 1, noise 1/).waitFor();
      await axe(page, 'cards, slow motion');
      for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme });
        for (const [one, other, least] of [
          ['--accent', '--panel', 3], // curves, rings of the focus, the crosshair
          ['--ink', '--panel', 4.5],
          ['--dim', '--panel', 4.5], // numbers of the axes
          ['--beware', '--panel', 3], // marks in the curves
        ]) {
          const contrast = await contrastOf(page, one, other);
          hold(
            contrast >= least,
            `${one} on ${other} is ${contrast.toFixed(2)}:1 (${colorScheme}), ${least} at least`,
          );
        }
      }
    },
  },
  {
    name: 'everyone: at three times the size the first button is in sight, and nothing stays that could scroll away',
    graphics: 'none',
    async run({ open }) {
      const height = 240;
      const { page } = await open({ viewport: { width: 427, height } });
      const teach = page.getByRole('button', { name: /^Teach a network/ });
      await teach.waitFor();
      const box = await teach.boundingBox();
      hold(
        box.y + box.height / 2 < height,
        `the middle of the first button is ${box.y + box.height / 2} px down`,
      );
      await teach.click();
      const card = page.getByRole('region', { name: 'Tour' });
      await card.getByText('Watch the ten digits part').waitFor();
      const share = (await card.boundingBox()).height / height;
      hold(share <= 0.6, `the tour takes ${Math.round(100 * share)}% of the height`);
      await page.evaluate(() => scrollTo(0, 600));
      const bar = await page.getByRole('region', { name: 'Training' }).boundingBox();
      hold(bar.y + bar.height <= 0, 'the bar of the run stays');
    },
  },
  {
    name: 'everyone: 320 px wide, nothing is beside the screen; where the colours are forced, those of classes stay',
    graphics: 'none',
    async run({ open }) {
      const hash = '#/?epochs=1&images=500&hide=recipe,runs&v=1';
      const { page } = await open({ hash, viewport: { width: 320, height: 640 } });
      const fits = async (what) => {
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        hold(width <= 320, `${what} is ${width} px wide`);
      };
      await page.getByRole('button', { name: 'Train', exact: true }).click();
      await page.getByRole('button', { name: 'Download run' }).waitFor();
      await fits('Train');
      await page.getByRole('link', { name: 'Map' }).click();
      await page.getByText('The whole plane').click();
      await page.getByRole('button', { name: '0', exact: true }).first().waitFor();
      await fits('Map');
      await page.emulateMedia({ forcedColors: 'active' });
      const colors = await page
        .locator('.legend-classes .swatch')
        .evaluateAll((dots) => new Set(dots.map((dot) => getComputedStyle(dot).backgroundColor)).size);
      hold(colors === 10, `10 classes have ${colors} colours`);
    },
  },
];
