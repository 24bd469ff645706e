import { readFile } from 'node:fs/promises';
import { eventually, hold, map } from './hands.js';
import { trainTour } from './train.js';

/** The map's pixels: how many of its rows have dots, and a sum of what is in its lowest rows, where codes of one number have pictures. */
async function readLanes(page) {
  await page.waitForTimeout(600);
  const png = await page.screenshot({ clip: await map(page).boundingBox() });
  return page.evaluate(async (text) => {
    const bitmap = await createImageBitmap(new Blob([Uint8Array.fromBase64(text)]));
    const { width, height } = bitmap;
    const context = new OffscreenCanvas(width, height).getContext('2d');
    context.drawImage(bitmap, 0, 0);
    const isColored = ([red, green, blue]) => Math.max(red, green, blue) - Math.min(red, green, blue) > 60;
    let rows = 0;
    for (let y = 0; y < height - 80; y++) {
      const line = context.getImageData(0, y, width, 1).data;
      let colored = 0;
      for (let at = 0; at < line.length; at += 4) colored += Number(isColored(line.subarray(at, at + 3)));
      if (colored > 3) rows++;
    }
    const pictures = context.getImageData(0, height - 20, width, 1).data;
    return { share: rows / (height - 80), pictures: pictures.join() };
  }, png.toString('base64'));
}

export const MAP_TOOL_CHECKS = [
  {
    name: 'map tools: codes of one number lie in lanes above their axis, and below it is what each place decodes to',
    graphics: 'none',
    async run(lab) {
      const { page } = await trainTour(lab, '#/map?codes=1&epochs=2&images=1000&v=1');
      const before = await readLanes(page);
      hold(before.share > 0.3, `dots are in $(100 * before.share).toFixed(0)% of the rows`);
      hold(new Set(before.pictures.split(',')).size > 20, 'nothing is decoded below the axis');
      await map(page).focus();
      for (let i = 0; i < 4; i++) await page.keyboard.press('+');
      hold((await readLanes(page)).pictures !== before.pictures, 'nearer, the same is decoded');
      await page.getByText('A lane for each class').waitFor();
      return `dots are in ${(100 * before.share).toFixed(0)}% of the rows`;
    },
  },
  {
    name: 'map tools: a network that is told the class decodes places, walks and drawings as the one that is chosen',
    graphics: 'none',
    async run(lab) {
      const hash = '#/map?model.condition={"classes":10}&epochs=2&images=1000&v=1';
      const { page } = await trainTour(lab, hash);
      await map(page).focus();
      for (const key of ['ArrowRight', 'a', 'ArrowUp', 'b']) await page.keyboard.press(key, { delay: 60 });
      const pixels = (name) => page.getByRole('img', { name }).evaluate((canvas) => canvas.toDataURL());
      await page.getByRole('img', { name: /^From A to B/ }).waitFor();
      await page.locator('.draw-panel').getByRole('button', { name: '5', exact: true }).click();
      await page.getByText(/^More unusual than/).waitFor();
      const names = ['Decoded', /^From A to B/, 'What it makes of it'];
      const before = await Promise.all(names.map(pixels));
      await page.getByLabel('Pictures of codes are decoded as').selectOption('5');
      for (const [i, name] of names.entries())
        await eventually(async () => (await pixels(name)) !== before[i], `${name} is of the same class`);
      await page.getByRole('link', { name: 'Train' }).click();
      await page.getByRole('img', { name: /decoded as one class after the other/ }).waitFor();
    },
  },
  {
    name: 'map tools: buttons zoom, show everything, drag and save; without a GPU they say so',
    graphics: 'none',
    async run(lab) {
      const { page } = await trainTour(lab, '#/map?epochs=1&images=2000&v=1');
      const press = (name) => page.getByRole('button', { name, exact: true }).click();
      const save = async () => {
        await page.waitForTimeout(600);
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          press('Save the map as a picture'),
        ]);
        return readFile(await download.path());
      };
      await map(page).waitFor();
      const whole = await save();
      hold(whole.subarray(1, 4).toString() === 'PNG', 'what is saved is no PNG');
      await press('Zoom in');
      const near = await save();
      hold(!near.equals(whole), 'the zoom changes nothing');
      await press('Zoom out');
      await press('Zoom out');
      hold(!(await save()).equals(near), 'there is no way out');
      await press('Show the whole map');
      hold((await save()).equals(whole), 'the whole map is another one than before');
      const drag = page.getByRole('button', { name: 'Drag the map' });
      await drag.click();
      hold((await drag.getAttribute('aria-pressed')) === 'true', 'not pressed');
      const box = await map(page).boundingBox();
      await page.mouse.move(box.x + 200, box.y + 200);
      await page.mouse.down();
      await page.mouse.move(box.x + 260, box.y + 220, { steps: 3 });
      await page.mouse.up();
      hold(!(await save()).equals(whole), 'the map was not dragged');
      await page.getByText('no GPU').waitFor();
      return `a picture of ${(whole.length / 1000).toFixed(0)} kB`;
    },
  },
];
