/** What is to be built, one after the other: where to, and of which files. In one process, as a bundler is slow until it is warm. */
export const builds = JSON.parse(process.argv[2]);
