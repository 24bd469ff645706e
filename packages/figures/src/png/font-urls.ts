/**
 * Where the two weights of the figures' font lie (Inter, SIL Open Font License; Latin and Greek): files of this package
 * under Node, assets that Vite and webpack pick up in browsers.
 *
 * @example
 * const regular = await fetch(fontUrls[0]!);
 */
export const fontUrls: readonly URL[] = [
  new URL('../../assets/inter-regular.ttf', import.meta.url),
  new URL('../../assets/inter-semibold.ttf', import.meta.url),
];
