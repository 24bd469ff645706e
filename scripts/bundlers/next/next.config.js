export default {
  output: 'export',
  productionBrowserSourceMaps: false,
  // Minifying and maps of the server's files tell nothing here, and a cache helps no build that is the only one: together they take as
  // long as half of the rest.
  experimental: {
    turbopackMinify: false,
    turbopackSourceMaps: false,
    turbopackFileSystemCacheForBuild: false,
  },
  // The same for `next build --webpack`.
  webpack(config) {
    config.optimization.minimize = false;
    return config;
  },
  turbopack: {},
};
