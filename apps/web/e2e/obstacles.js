import { hold, map } from './hands.js';

const TEACH = /^Teach a network/;

const isDrawn = (image) => image.evaluate(({ complete, naturalWidth }) => complete && naturalWidth > 0);

export const OBSTACLE_CHECKS = [
  {
    name: 'obstacles: a browser that runs no script reads what is needed, with a picture of the map; others never see it',
    graphics: 'none',
    async run({ open }) {
      const { page } = await open({ javaScriptEnabled: false });
      await page.getByText('If this text stays, open the page in a newer browser').waitFor();
      await page.getByText('needs JavaScript and WebAssembly SIMD').waitFor();
      hold(await isDrawn(page.getByRole('img', { name: /^A latent map/ })), 'the picture did not come');
      const { page: usual } = await open();
      await usual.getByRole('button', { name: TEACH }).waitFor();
      hold((await usual.getByText('If this text stays').count()) === 0, 'it stays where scripts run');
    },
  },
  {
    name: 'obstacles: without WebAssembly SIMD that is said, nothing is offered that would fail, and the poster is there',
    graphics: 'noSimd',
    async run({ open }) {
      const { page } = await open();
      await page.getByRole('alert').getByText('This browser cannot run WebAssembly SIMD').waitFor();
      await page.getByRole('img', { name: 'The same 16 random codes, decoded' }).waitFor();
      hold(
        await page.getByRole('button', { name: 'Train', exact: true }).isDisabled(),
        'training is offered',
      );
      hold((await page.getByRole('button', { name: TEACH }).count()) === 0, 'the tour is offered');
      await page.keyboard.press(' ');
      await page.waitForTimeout(200);
      hold(/Ready/.test(await page.locator('.run-bar').textContent()), 'a key trains');
    },
  },
  {
    name: 'obstacles: one thread and no GPU are two chips that say why, by a key too; no notices',
    isolated: false,
    graphics: 'none',
    async run({ open }) {
      const { page } = await open();
      const chip = page.getByRole('button', { name: '1 thread' });
      await chip.focus();
      await page.keyboard.press('Enter');
      await page.getByText('Your host does not send two headers, so one core works').waitFor();
      const link = page.getByRole('link', { name: 'Which headers these are' });
      hold((await link.getAttribute('href')).endsWith('/docs/hosting.md'), 'it leads elsewhere');
      await page.keyboard.press('Escape');
      await link.waitFor({ state: 'hidden' });
      await page.getByRole('button', { name: 'no GPU: drawing on the processor' }).click();
      await page.getByText('drawn by the processor. The map is the same').waitFor();
      hold((await page.locator('.notice').count()) === 0, 'there are notices');
    },
  },
  {
    name: 'obstacles: when the graphics context is lost the map stays, the chip says so and goes when it is back',
    async run({ open }) {
      const { page } = await open();
      await map(page).locator('canvas').first().waitFor({ state: 'attached' });
      const chip = page.getByRole('button', { name: 'no GPU: drawing on the processor' });
      hold((await chip.count()) === 0, 'there is WebGL');
      await page.evaluate(() => {
        const contexts = [...document.querySelectorAll('.map canvas')].map((one) => one.getContext('webgl2'));
        globalThis.lose = contexts.find((one) => one !== null).getExtension('WEBGL_lose_context');
        globalThis.lose.loseContext();
      });
      await chip.waitFor();
      hold((await map(page).locator('canvas').count()) === 3, 'a layer of the map is gone');
      await page.evaluate(() => globalThis.lose.restoreContext());
      await chip.waitFor({ state: 'detached' });
    },
  },
  {
    name: 'obstacles: without a connection what does not come is named, and comes later; the way back leads to the place before',
    graphics: 'none',
    async run({ open }) {
      const { page, context, problems } = await open();
      await page.getByRole('button', { name: TEACH }).waitFor();
      await context.setOffline(true);
      await page.keyboard.press('?');
      await page.getByRole('alert').getByText('The cards could not be loaded').waitFor();
      await page.keyboard.press('Enter');
      await page
        .getByRole('alert')
        .getByText('What trains could not be loaded: there is no connection')
        .waitFor();
      hold(!problems.some((one) => one.startsWith('error')), problems.join('; '));
      problems.length = 0; // the browser's own words of what did not come
      await context.setOffline(false);
      await page.keyboard.press('?');
      await page.getByRole('complementary', { name: 'Learn' }).waitFor();
      hold((await page.getByText('The cards could not be loaded').count()) === 0, 'it is still told');
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByText(/images\/s/).waitFor();
      await page.getByRole('link', { name: 'Map' }).click();
      await page.waitForFunction(() => location.hash.startsWith('#/map'));
      await page.goBack();
      await page.waitForFunction(() => location.hash === '#/');
      await page.getByRole('combobox', { name: 'Recipe' }).waitFor();
    },
  },
  {
    name: 'obstacles: pictures that are not made any more are told, and training goes on to its end',
    graphics: 'none',
    async run({ open }) {
      const { page, problems } = await open({ hash: '#/?epochs=3&images=2000&v=1' });
      await page.getByRole('button', { name: 'Train', exact: true }).click();
      await page.getByText(/images\/s/).waitFor();
      for (const worker of page.workers()) {
        await worker.evaluate(() => {
          if (name === 'look') setTimeout(() => reportError(new Error('no memory is left')));
        });
      }
      await page.getByText(/^The picture worker ended by itself: .*no memory is left/).waitFor();
      await page.locator('[data-fingerprint]').waitFor();
      problems.length = 0; // that it ended
      await page.getByRole('button', { name: 'Train', exact: true }).click();
      await page.getByText('The picture worker ended').waitFor({ state: 'detached' });
      await page.locator('[data-fingerprint]').waitFor();
    },
  },
];
