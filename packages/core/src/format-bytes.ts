/**
 * A number of bytes for readers: `1.4 GB`, `11.6 MB`, `12 kB`.
 *
 * @example
 * formatBytes(11_594_722); // '11.6 MB'
 */
export function formatBytes(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  return bytes >= 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.ceil(bytes / 1e3)} kB`;
}
