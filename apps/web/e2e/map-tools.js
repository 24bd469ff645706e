import { readFile } from 'node:fs/promises';
import { hold, map } from './hands.js';
import { trainTour } from './train.js';

export const MAP_TOOL_CHECKS = [
  {
    name: 'map tools: buttons zoom, show everything, drag and save; without a GPU they say so',
    graphics: 'none',
    async run(lab) {
      const { page } = await trainTour(lab);
      await page.getByRole('link', { name: 'Map' }).click();
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
