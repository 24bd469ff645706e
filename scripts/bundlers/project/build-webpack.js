// webpack with no setting but what is built and where to, not minified: that tells nothing here, and takes it a minute.
import { parse } from 'node:path';
import webpack from 'webpack';
import { builds } from './builds.js';

for (const { out, files } of builds) {
  const stats = await new Promise((resolve, reject) => {
    const settings = {
      mode: 'production',
      entry: Object.fromEntries(files.map((file) => [parse(file).name, file])),
      output: { path: out },
      optimization: { minimize: false },
      performance: false,
    };
    webpack(settings, (error, made) => (error ? reject(error) : resolve(made)));
  });
  if (stats.hasErrors() || stats.hasWarnings()) {
    console.error(stats.toString({ preset: 'errors-warnings' }));
    process.exitCode = 1;
  }
}
