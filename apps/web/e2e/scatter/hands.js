import { hold } from '../hands.js';
import { eventsOf, openMap, readPixels, settle } from './tools.js';

export const HAND_CHECKS = [
  {
    name: 'scatter: pointing and lassoing take no time, and a lasso holds what lies within its path',
    isTimed: true,
    site: 'scatter',
    async run(context) {
      const page = await openMap(context);
      const found = await page.evaluate(() => {
        const { x, y, category, state } = makePoints(60_000);
        const places = Float32Array.from({ length: 120_000 }, (_, i) => (i % 2 ? y : x)[i >> 1]);
        const points = { places, category, state, isolated: undefined };
        const path = Array.from({ length: 600 }, (_, i) => {
          const angle = (2 * Math.PI * (i >> 1)) / 300;
          const radius = 1.2 + 0.5 * Math.sin(5 * angle) + 0.1 * Math.sin(31 * angle);
          return radius * (i % 2 ? Math.sin(angle) : Math.cos(angle));
        });
        const time = (run) => {
          const times = Array.from({ length: 15 }, () => {
            const start = performance.now();
            run();
            return performance.now() - start;
          });
          return times.sort((a, b) => a - b)[7];
        };
        const fill = () => fillPath(path, (width, height) => new OffscreenCanvas(width, height));
        const mask = selectWithin(points, fill());
        const wrong = mask.reduce(
          (sum, one, row) => sum + Number(one !== Number(isInside(path, x[row], y[row]))),
          0,
        );
        return {
          wrong,
          count: mask.reduce((sum, one) => sum + one, 0),
          pick: time(() => pickNearest(points, 0.3, 0.2, 0.05)),
          nearest: time(() => nearestRows(points, 0.3, 0.2, 256)),
          lasso: time(() => selectWithin(points, fill())),
          polygon: time(() => selectWithin(points, { has: (px, py) => isInside(path, px, py) })),
        };
      });
      hold(found.wrong === 0, `${found.wrong} of 60,000 points are on the wrong side`);
      hold(found.count > 1000 && found.count < 59_000, `${found.count} selected`);
      hold(found.pick < 200 && found.lasso < 1000, JSON.stringify(found));
      return `60,000 points: nearest ${found.pick.toFixed(2)} ms, 256 nearest ${found.nearest.toFixed(2)}, lasso of 300 corners ${found.lasso.toFixed(1)} (by its polygon alone ${found.polygon.toFixed(1)})`;
    },
  },
  {
    name: 'scatter: a mouse points, presses, drags, zooms and lassos',
    site: 'scatter',
    async run(context) {
      const page = await openMap(context);
      const [px, py] = await page.evaluate(() => {
        const { x, y } = makePoints(2000);
        return map.scatter.toPixel(x[5], y[5]);
      });
      await page.mouse.move(px, py);
      const { row } = (await eventsOf(page, 'hover')).at(-1);
      const isNear = await page.evaluate(
        ([row, px, py]) => {
          const { x, y } = makePoints(2000);
          const [qx, qy] = map.scatter.toPixel(x[row], y[row]);
          return Math.hypot(px - qx, py - qy) < 2;
        },
        [row, px, py],
      );
      hold(isNear, `row ${row} lies elsewhere`);
      await page.mouse.down();
      await page.mouse.up();
      hold((await eventsOf(page, 'press')).at(-1)?.row === row, 'not pressed');
      await page.mouse.down();
      await page.mouse.move(px + 40, py, { steps: 4 });
      await page.mouse.up();
      hold((await eventsOf(page, 'move')).at(-1).isPressed, 'a drag decodes');
      hold((await eventsOf(page, 'press')).length === 1, 'a drag is no press');
      const before = await page.evaluate(() => map.scatter.toData([200, 150]));
      await page.mouse.move(200, 150);
      await page.mouse.wheel(0, -300);
      await settle(page);
      const after = await page.evaluate(() => [...map.scatter.toData([200, 150]), map.scatter.camera.scale]);
      hold(Math.hypot(after[0] - before[0], after[1] - before[1]) < 1e-9, 'the data under the pointer moved');
      hold((await eventsOf(page, 'camera')).at(-1).isFollowing === false, 'still follows');
      await page.evaluate(() => map.scatter.setTool('pan'));
      await page.mouse.down();
      await page.mouse.move(260, 150, { steps: 3 });
      await page.mouse.up();
      const dragged = await page.evaluate(() => map.scatter.toData([260, 150]));
      hold(Math.hypot(dragged[0] - before[0], dragged[1] - before[1]) < 1e-9, 'the map did not come along');
      await page.evaluate(() => {
        map.scatter.fit();
        map.scatter.setTool('lasso');
      });
      await page.waitForTimeout(500);
      const corners = await page.evaluate(() =>
        [
          [-0.7, -0.7],
          [0.9, -0.7],
          [0.9, 0.7],
          [-0.7, 0.7],
        ].map(([x, y]) => map.scatter.toPixel(x, y)),
      );
      await page.mouse.move(...corners[0]);
      await page.mouse.down();
      for (const corner of corners.slice(1)) await page.mouse.move(...corner, { steps: 5 });
      await page.mouse.up();
      const share = await page.evaluate(() => {
        const { mask, count, isDone } = map.log.findLast(({ type }) => type === 'lasso').event;
        const nines = mask.reduce((sum, one, row) => sum + Number(one && row % 10 === 9), 0);
        return isDone ? nines / count : 0;
      });
      hold(share > 0.4, `${share} of the selected are of the class in the middle`);
    },
  },
  {
    name: 'scatter: two fingers pinch and move the map',
    site: 'scatter',
    async run(context) {
      const page = await openMap(context, { page: { hasTouch: true } });
      const session = await page.context().newCDPSession(page);
      const touch = (type, ...points) =>
        session.send('Input.dispatchTouchEvent', {
          type,
          touchPoints: points.map(([x, y], id) => ({ x, y, id })),
        });
      const before = await page.evaluate(() => ({
        at: map.scatter.toData([400, 300]),
        ...map.scatter.camera,
      }));
      await touch('touchStart', [350, 300], [450, 300]);
      for (let i = 1; i <= 10; i++)
        await touch('touchMove', [350 - 5 * i, 300 + 2 * i], [450 + 5 * i, 300 + 2 * i]);
      await touch('touchEnd');
      const after = await page.evaluate(() => ({
        at: map.scatter.toData([400, 320]),
        ...map.scatter.camera,
      }));
      hold(Math.abs(after.scale / before.scale - 2) < 0.05, `zoomed ${after.scale / before.scale} times`);
      hold(
        Math.hypot(after.at[0] - before.at[0], after.at[1] - before.at[1]) < 0.02,
        'what lay between did not stay',
      );
      hold((await eventsOf(page, 'press')).length === 0, 'a pinch is no press');
    },
  },
  {
    name: 'scatter: all that a pointer does is done by keys, and told',
    site: 'scatter',
    async run(context) {
      const page = await openMap(context);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      hold(await page.evaluate(() => document.activeElement.id === 'map'), 'the map is no tab stop');
      for (const key of [
        'ArrowRight',
        'ArrowRight',
        'Shift+ArrowUp',
        'n',
        'n',
        'p',
        'Enter',
        '+',
        '+',
        '-',
        'c',
        'l',
        ']',
        ']',
        'ArrowLeft',
        'Enter',
        '0',
      ]) {
        await page.keyboard.press(key);
      }
      const said = (await eventsOf(page, 'say')).map(({ about }) => about);
      const expected = [
        ...Array(6).fill('place'),
        'zoom',
        'zoom',
        'zoom',
        'class',
        ...Array(5).fill('round'),
        'zoom',
      ];
      hold(said.join() === expected.join(), `said ${said}`);
      hold((await eventsOf(page, 'press')).length === 1, 'Enter did not press');
      hold((await eventsOf(page, 'press'))[0].row !== undefined, 'N did not end at a point');
      hold((await eventsOf(page, 'isolate'))[0].category === 0, 'C did not ask for a class');
      const counts = (await eventsOf(page, 'lasso')).map(({ count }) => count);
      hold(counts[2] > counts[0], `the selection did not grow: ${counts}`);
      await page.evaluate(() => map.scatter.setLetters(false));
      await page.keyboard.press('c');
      hold((await eventsOf(page, 'isolate')).length === 1, 'letters are not off');
      const before = await readPixels(page);
      await page.keyboard.press('Tab');
      await settle(page);
      const after = await readPixels(page);
      hold(!before.pixels.equals(after.pixels), 'the crosshair is not to be seen');
    },
  },
];
