/**
 * Begins to trace what a page's own thread does; what it gives stops, and tells the longest task: how long it took, and how long of that the
 * thread computed. The rest it waited for others, for a processor or for what plays the GPU.
 */
export async function traceTasks(browser) {
  const session = await browser.newBrowserCDPSession();
  const events = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', '__metadata'], excludedCategories: ['*'] },
  });
  return async () => {
    const complete = new Promise((done) => session.once('Tracing.tracingComplete', done));
    await session.send('Tracing.end');
    await complete;
    await session.detach();
    const threadOf = ({ pid, tid }) => `${pid} ${tid}`;
    const mains = new Set(
      events
        .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
        .map(threadOf),
    );
    const tasks = Map.groupBy(
      events.filter((event) => event.ph === 'X' && /RunTask$/.test(event.name) && mains.has(threadOf(event))),
      threadOf,
    );
    // Other pages are the browser's own, and idle.
    const [own = []] = [...tasks.values()].sort((a, b) => b.length - a.length);
    const most = (of) => Math.round(Math.max(0, ...own.map((task) => (task[of] ?? 0) / 1000)));
    return { took: most('dur'), computed: most('tdur') };
  };
}

/** Begins to note a page's frames; what it gives stops, and tells how many milliseconds lay between them: the median, and of one in twenty more. */
export async function watchFrames(page) {
  await page.evaluate(() => {
    const frames = [];
    let before = performance.now();
    let isOver = false;
    const frame = () => {
      const now = performance.now();
      frames.push(now - before);
      before = now;
      if (!isOver) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    globalThis.endFrames = () => {
      isOver = true;
      return frames;
    };
  });
  return async () => {
    const frames = (await page.evaluate(() => globalThis.endFrames())).sort((a, b) => a - b);
    const at = (share) => (frames[Math.floor(share * (frames.length - 1))] ?? 0).toFixed(1);
    return { count: frames.length, median: at(0.5), late: at(0.95) };
  };
}
