import { parse } from 'node:path';
import webpack from 'webpack';

const [out, ...files] = process.argv.slice(2);
const entry = Object.fromEntries(files.map((file) => [parse(file).name, file]));
const stats = await new Promise((resolve, reject) =>
  webpack({ mode: 'production', entry, output: { path: out, publicPath: 'auto' }, performance: { hints: false } }, (error, made) => error ? reject(error) : resolve(made)));
if (stats.hasErrors() || stats.hasWarnings()) {
  console.error(stats.toString({ preset: 'errors-warnings' }));
  process.exitCode = 1;
}
