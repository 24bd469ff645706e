import { hold, map } from './hands.js';

const PHONE = { viewport: { width: 380, height: 780 }, hasTouch: true, isMobile: true };
/** CSS pixels of what a finger should hit. */
const LEAST_TARGET = 44;

/** Moves a finger up over the map, beside the first screen's button, as a hand does, and gives how far the page went. */
async function swipeOverMap(page) {
  const box = await map(page).boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 4];
  const session = await page.context().newCDPSession(page);
  const before = await page.evaluate(() => scrollY);
  const touch = (type, ...points) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(([x, y]) => ({ x, y })) });
  await touch('touchStart', [x, y]);
  for (let i = 1; i <= 12; i++) {
    await touch('touchMove', [x, y - 10 * i]);
    await page.waitForTimeout(16);
  }
  await touch('touchEnd');
  await page.waitForTimeout(500);
  return (await page.evaluate(() => scrollY)) - before;
}

export const TOUCH_CHECKS = [
  {
    name: 'touch: a finger scrolls past the map until a tap holds it, and again when it is let go',
    async run({ open }) {
      const { page } = await open(PHONE);
      await page.getByRole('button', { name: /^Teach a network/ }).waitFor();
      await page.getByText('Tap the map to hold it').waitFor();
      const free = await swipeOverMap(page);
      hold(free > 50, `the page went ${free} px: there is no way past the map`);
      await page.evaluate(() => scrollTo(0, 0));
      const box = await map(page).boundingBox();
      await page.touchscreen.tap(box.x + box.width / 2, box.y + 40);
      await page.waitForTimeout(200);
      const held = await swipeOverMap(page);
      hold(held === 0, `the page went ${held} px under a map that was held`);
      await page.getByRole('heading', { name: 'Latent map' }).tap();
      await page.evaluate(() => document.activeElement.blur());
      hold((await swipeOverMap(page)) > 50, 'the map is not let go');
      return `a swipe of 120 px scrolls ${free} px`;
    },
  },
  {
    name: `touch: everything that a finger is to hit is ${LEAST_TARGET} px wide and high, in both places and in the cards`,
    async run({ open }) {
      const { page } = await open(PHONE);
      await page.getByRole('button', { name: /^Teach a network/ }).waitFor();
      await page.getByRole('button', { name: /^Settings/ }).tap();
      await page.getByText('Details', { exact: true }).tap();
      await page.getByText('Form', { exact: true }).waitFor();
      const small = () =>
        page.evaluate((least) => {
          const targets =
            'button, a[href], summary, select, textarea, [type=number], [type=text], [type=range], .file-field';
          return [...document.querySelectorAll(targets)].flatMap((one) => {
            const { width, height } = one.getBoundingClientRect();
            const isShown = width > 0 && one.checkVisibility();
            return isShown && Math.min(width, height) < least - 0.5
              ? [
                  `${one.textContent.trim() || one.ariaLabel || one.id || one.className}: ${width.toFixed(0)} x ${height.toFixed(0)}`,
                ]
              : [];
          });
        }, LEAST_TARGET);
      const found = await small();
      await page.getByRole('link', { name: 'Map' }).tap();
      found.push(...(await small()));
      await page.getByRole('button', { name: /^Learn( \?)?$/ }).tap();
      await page.getByText('Why there is a KL').tap();
      found.push(...(await small()));
      hold(found.length === 0, [...new Set(found)].join('\n      '));
    },
  },
];
