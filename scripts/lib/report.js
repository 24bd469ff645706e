const seconds = (start) => `${((performance.now() - start) / 1000).toFixed(1)} s`;

/**
 * A list of checks that all run, whatever the others found, each printed with the time it took.
 *
 * @returns {{ check: (name: string, body: () => unknown) => Promise<boolean>, finish: () => void }}
 *   `check` says whether the body passed; `finish` prints the total and sets the exit code.
 */
export function createReport(title) {
  const start = performance.now();
  let passed = 0;
  const failed = [];
  return {
    async check(name, body) {
      const begun = performance.now();
      try {
        const note = await body();
        console.log(`ok    ${name} (${seconds(begun)})${typeof note === 'string' ? `: ${note}` : ''}`);
        passed++;
        return true;
      } catch (error) {
        const text = error instanceof Error ? error.message : String(error);
        console.log(`FAIL  ${name} (${seconds(begun)})\n${text.replace(/^/gm, '      ')}`);
        failed.push(name);
        return false;
      }
    },
    finish() {
      console.log(`${title}: ${passed} passed, ${failed.length} failed in ${seconds(start)}`);
      if (failed.length > 0) process.exitCode = 1;
    },
  };
}
