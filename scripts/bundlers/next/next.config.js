export default {
  output: 'export',
  productionBrowserSourceMaps: false,
  // For `next build --webpack`: minifying tells nothing here, and takes as long as all the rest.
  webpack(config) {
    config.optimization.minimize = false;
    return config;
  },
  turbopack: {},
};
