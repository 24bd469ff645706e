// Packs every public package as it would be published, and looks at the tarball with publint and are-the-types-wrong.
import { pack } from './lib/pack.js';
import { createReport } from './lib/report.js';
import { run } from './lib/run.js';
import { withTempFolder } from './lib/temp-folder.js';
import { listPublicPackages } from './lib/workspace.js';

const report = createReport('pack:check');
await withTempFolder(async (folder) => {
  for (const one of listPublicPackages()) {
    await report.check(one.name, async () => {
      const tarball = await pack(one, folder);
      await Promise.all([
        run('publint', [tarball, '--strict']),
        run('attw', [tarball, '--profile', 'esm-only', '--no-color']),
      ]);
    });
  }
});
report.finish();
