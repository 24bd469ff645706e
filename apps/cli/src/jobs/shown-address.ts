/** An address without its query: that of a presigned one opens the file to everybody. A path as it is. */
export function shownAddress(address: string): string {
  return /^\w+:\/\//.test(address) ? address.replace(/\?.*$/s, '?...') : address;
}
