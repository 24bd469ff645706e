import { hold, press } from './hands.js';
import { inOrder, listen, ofEpochs } from './listen.js';
import { trainInNode } from './train.js';

const TEACH = /^Teach a network to draw digits/;

const tour = (page) => page.getByRole('region', { name: 'Tour' });

/** Goes on by keys until a page of the tour is open. */
async function until(page, words) {
  await tour(page).getByText(words).waitFor();
}

/** Presses Tab until something has the focus. */
async function tabTo(page, name) {
  for (let i = 0; i < 120; i++) {
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      return element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? '';
    });
    if (name.test(focused)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`no Tab leads to ${name}`);
}

export const LEARN_CHECKS = [
  {
    name: 'learn: the tour by keyboard alone, from Enter to the cards; what is said is said in order',
    isTimed: true,
    async run({ open }) {
      const { page } = await open();
      await page.getByRole('button', { name: TEACH }).waitFor();
      const heard = await listen(page);
      const start = performance.now();
      await press(page, 'Enter');
      await until(page, 'Watch the ten digits part');
      await until(page, 'choose Map at the top');
      const seconds = (performance.now() - start) / 1000;
      await press(page, '2');
      await until(page, 'Move over the map');
      await tabTo(page, /^Take me there$/);
      await press(page, 'Enter');
      await press(page, 'ArrowRight', 8);
      await press(page, 'ArrowUp', 8);
      await until(page, 'Come nearer');
      for (let i = 0; i < 60 && (await tour(page).getByText('Come nearer').count()); i++)
        await press(page, '+');
      await until(page, 'Draw a digit of your own');
      await tabTo(page, /^5$/);
      await tabTo(page, /^Undo stroke$/);
      await tabTo(page, /^5$/);
      await press(page, 'Enter');
      await until(page, 'Now walk');
      for (const end of ['A', 'B']) {
        await tabTo(page, new RegExp(`^Set ${end} here$`));
        await press(page, 'Enter');
      }
      await until(page, 'That is the tour');
      await press(page, '?');
      await page.getByRole('complementary', { name: 'Learn' }).waitFor();
      hold(!(await tour(page).isVisible()), 'the tour ends with the cards');
      inOrder(await heard(), [
        'Tour, 1 of 7.',
        ...ofEpochs(seconds),
        'Tour, 2 of 7.',
        'Tour, 3 of 7.',
        'Tour, 4 of 7.',
        'Tour, 5 of 7.',
        'Tour, 6 of 7.',
        'Tour, 7 of 7.',
      ]);
      await page.reload();
      await page.getByRole('button', { name: TEACH }).waitFor();
      await press(page, 'Enter');
      await page
        .getByText(/^Training|^Starting/)
        .first()
        .waitFor();
      hold(!(await tour(page).isVisible()), 'a tour that was taken is not shown again by itself');
      return `from Enter to a trained network ${seconds.toFixed(1)} s`;
    },
  },
  {
    name: 'learn: the poster is of the weights that the tour gets, and is there before anything is computed',
    async run({ open }) {
      const { hash } = await trainInNode();
      const { page } = await open();
      await page.getByText(`weights ${hash.slice(0, 8)}`).waitFor();
      await page.getByRole('img', { name: 'The same 16 random codes, decoded' }).waitFor();
      const workers = page.workers().length;
      hold(workers === 0, `${workers} workers compute on the first screen`);
    },
  },
  {
    name: 'learn: a card sets the lab up in one step that is undone in one; Escape gives the focus back; a batch is followed',
    graphics: 'none',
    async run({ open }) {
      const { page } = await open({ hash: '#/?epochs=3&v=1', viewport: { width: 380, height: 780 } });
      await page.getByRole('button', { name: /^Settings/ }).click();
      await page.getByRole('button', { name: 'Learn: what beta does' }).click();
      const drawer = page.getByRole('complementary', { name: 'Learn' });
      await drawer.getByText('Beta multiplies the KL').waitFor();
      await drawer.getByRole('button', { name: 'Train with beta 4' }).click();
      await page.waitForFunction(() => location.hash.includes('beta=4'));
      // A card trains the whole tour; a batch is followed through what it has learned by then, too.
      const stop = page.getByRole('button', { name: 'Stop', exact: true });
      await page.getByText(/epoch (?:[2-9]|10) of/).waitFor({ state: 'attached' });
      // It may be through by then.
      if ((await stop.count()) > 0)
        await stop.evaluate((button) => button.click(), undefined, { timeout: 2000 }).catch(() => {});
      await page.locator('[data-fingerprint]').waitFor();
      await drawer.getByText('The encoder says how sure it is').click();
      await drawer.getByRole('button', { name: 'Follow eight images' }).click();
      const slow = page.getByRole('region', { name: 'A batch, slowly' });
      await slow.getByText(/^= [\d.]+ \+ KL [\d.]+$/).waitFor();
      await slow.getByRole('button', { name: 'Hold' }).click();
      await slow.getByRole('button', { name: 'Draw again' }).click();
      await slow.getByText('A code is drawn').waitFor();
      await press(page, 'ArrowRight');
      await slow.getByText('from each code alone').waitFor();
      await press(page, 'Escape');
      await drawer.waitFor({ state: 'hidden' });
      const focused = await page.evaluate(() => document.activeElement.getAttribute('aria-label'));
      hold(focused === 'Learn: what beta does', `the focus is at ${focused}`);
      await page.getByRole('button', { name: 'Undo', exact: true }).click();
      await page.waitForFunction(() => !location.hash.includes('beta'));
    },
  },
  {
    name: 'learn: once something is set the first screen trains that, and what runs keeps its name when another is set',
    graphics: 'none',
    async run({ open }) {
      const { page } = await open();
      await page.getByRole('button', { name: TEACH }).waitFor();
      await page.getByRole('spinbutton', { name: 'Epochs' }).fill('1');
      await page.getByRole('spinbutton', { name: 'Epochs' }).blur();
      await page.getByRole('button', { name: 'Train what is set' }).waitFor();
      await page.getByText('a finished run of another setting').waitFor();
      await press(page, 'Enter');
      await page.locator('[data-fingerprint]').waitFor();
      await page.getByRole('radio', { name: 'Convolutional' }).check();
      await page.waitForFunction(() => location.hash.includes('keras-conv'));
      const words = await page.getByRole('region', { name: 'Training' }).textContent();
      hold(/digits-tour\s*Finished · epoch 1 of 1/.test(words), words);
    },
  },
  {
    name: 'learn: another network leaves what was set by hand, and tells what it does not, with a way back',
    graphics: 'none',
    async run({ open }) {
      const { page } = await open({ hash: '#/?beta=4&codes=8&v=1' });
      const settings = page.getByRole('region', { name: 'Settings' });
      await settings.getByText('Set by hand: Beta 4, Numbers in a code 8.').waitFor();
      await page.getByRole('radio', { name: 'Convolutional' }).check();
      await settings.getByText('Set by hand: Beta 4.').waitFor();
      await settings.getByText('No longer set: Numbers in a code 8.').waitFor();
      const hash = await page.evaluate(() => location.hash);
      hold(hash === '#/?recipe=keras-conv&beta=4&v=1', hash);
      await settings.getByRole('button', { name: 'Undo that' }).click();
      await page.waitForFunction(() => location.hash === '#/?beta=4&codes=8&v=1');
      await settings.getByRole('button', { name: 'As the recipe' }).click();
      await page.waitForFunction(() => location.hash === '#/');
      await settings.getByText('No longer set: Beta 4, Numbers in a code 8.').waitFor();
    },
  },
  {
    name: 'learn: a link hides parts, says so, and shows them on demand',
    async run({ open }) {
      const { page } = await open({ hash: '#/?hide=details,recipe,curtains' });
      await page.getByText('hide=curtains').waitFor();
      hold((await page.getByText('Details', { exact: true }).count()) === 0, 'details are hidden');
      await page.getByRole('button', { name: /2 parts are hidden/ }).click();
      await page.getByText('Details', { exact: true }).waitFor();
      hold(
        !(await page.evaluate(() => location.hash)).includes('hide'),
        'the address hides nothing any more',
      );
    },
  },
];
