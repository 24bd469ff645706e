const TIMEOUT_MS = 180_000;
const START_MS = 60_000;

/**
 * Opens the page, and gives what its `outcome` becomes.
 *
 * @param {RegExp} [expected] problems that must not count.
 * @throws when it is rejected, when the page throws, logs an error or asks for a file that is not there, or takes too long.
 */
export async function openPage(browser, url, expected) {
  const context = await browser.newContext();
  try {
    return await readOutcome(await context.newPage(), url, expected);
  } finally {
    await context.close();
  }
}

/** The same of a page that is there, and stays. */
export async function readOutcome(page, url, expected) {
  const problems = [];
  const note = (problem) => {
    if (!expected?.test(problem)) problems.push(problem);
  };
  page.on('pageerror', (error) => note(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') note(`console: ${message.text()}`);
  });
  page.on('requestfailed', (request) => note(`request failed: ${request.url()}`));
  page.on('response', (response) => {
    if (!response.ok()) note(`${response.status()}: ${response.url()}`);
  });
  try {
    await page.goto(url, { timeout: TIMEOUT_MS });
    // Frameworks begin after the page has loaded. One that threw by then has no more to say.
    const isThere = () => page.evaluate(() => 'outcome' in globalThis);
    const end = Date.now() + START_MS;
    while (problems.length === 0 && !(await isThere()) && Date.now() < end) await page.waitForTimeout(50);
    const outcome = await withinTime(page.evaluate(() => globalThis.outcome));
    if (problems.length > 0) throw new Error(problems.join('\n      '));
    if (outcome === undefined) throw new Error('the page has no outcome');
    return outcome;
  } catch (error) {
    throw new Error([error.message, ...problems].join('\n      '));
  }
}

function withinTime(promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no outcome after ${TIMEOUT_MS / 1000} s`)), TIMEOUT_MS);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
