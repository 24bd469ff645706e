import { hold } from '../hands.js';
import { COUNT, openMap } from './tools.js';

/** 60,000 points, ten new maps a second: milliseconds a frame may take, by what draws. Held to loosely: other work is on this machine. */
const MOST_FRAME_MS = { webgl: 33, canvas: 66 };
const MOST_TASK_MS = 50;
const LOOSELY = 10;

const median = (values) => quantile(values, 0.5);
const quantile = (values, share) =>
  [...values].sort((a, b) => a - b)[Math.min(Math.floor(share * values.length), values.length - 1)];

/** Frames while 60,000 points move to ten maps a second, and the long tasks meanwhile. */
async function measureFrames(page) {
  const found = await page.evaluate(async () => {
    const maps = Array.from({ length: 12 }, (_, k) => makePoints(60_000, 0.05 * k));
    const tasks = [];
    const observer = new PerformanceObserver((list) =>
      tasks.push(...list.getEntries().map((one) => one.duration)),
    );
    await new Promise((done) => setTimeout(done, 500));
    observer.observe({ type: 'longtask' });
    const frames = [];
    const calls = [];
    const shares = [];
    await new Promise((done) => {
      let before = performance.now();
      const end = before + 2500;
      let k = 0;
      const timer = setInterval(() => {
        const start = performance.now();
        map.scatter.moveTo(maps[k % 12].x, maps[k++ % 12].y, { seconds: 0.1 });
        calls.push(performance.now() - start);
      }, 100);
      const frame = () => {
        const now = performance.now();
        frames.push(now - before);
        before = now;
        shares.push(map.scatter.share);
        if (now < end || frames.length < 20) requestAnimationFrame(frame);
        else {
          clearInterval(timer);
          done();
        }
      };
      requestAnimationFrame(frame);
    });
    observer.disconnect();
    return {
      frames: frames.slice(10),
      tasks,
      calls,
      shares,
      kind: map.scatter.renderer,
      stage: map.scatter.look.stage,
    };
  });
  return found;
}

const frameCheck = (graphics, kind) => ({
  name: `scatter: ${COUNT} points move at ten maps a second by ${kind}`,
  isTimed: true,
  site: 'scatter',
  graphics,
  async run(context) {
    const lines = [];
    for (const [width, zoom] of [
      [900, 1],
      [900, 2],
      [380, 1],
    ]) {
      const page = await openMap(context, {
        count: COUNT,
        viewport: { width, height: width === 900 ? 640 : 380 },
      });
      hold((await page.evaluate(() => map.scatter.renderer)) === kind, `not drawn by ${kind}`);
      if (zoom > 1)
        await page.evaluate((zoom) => map.scatter.zoomAt(map.scatter.toPixel(1, 0.8), zoom), zoom);
      const { frames, tasks, calls, shares, stage } = await measureFrames(page);
      const [middle, late] = [median(frames), quantile(frames, 0.95)];
      const longest = Math.max(0, ...tasks);
      lines.push(
        `${width} px ${stage}, ${Math.round(100 * median(shares))}% of the dots: frame median ${middle.toFixed(1)} ms, p95 ${late.toFixed(1)} (${MOST_FRAME_MS[kind]} at most); moveTo ${median(calls).toFixed(1)} ms; ${tasks.length} tasks over 50 ms, longest ${longest.toFixed(0)} (${MOST_TASK_MS})`,
      );
      hold(middle < LOOSELY * MOST_FRAME_MS[kind], `${lines.at(-1)}: far too slow`);
      await page.close();
    }
    return lines;
  },
});

export const FRAME_CHECKS = [frameCheck('webgl', 'webgl'), frameCheck('none', 'canvas')];
