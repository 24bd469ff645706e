import { beyond, damaged, decodeName, type Hdf5Bytes } from './hdf5-bytes.ts';
import type { Message } from './read-header.ts';

/** A name in a group, and where the object's header lies. */
export interface Link {
  readonly name: string;
  readonly at: number;
}

const [LINK_INFO, LINK, SYMBOL_TABLE] = [0x02, 0x06, 0x11];
const [ENTRY_BYTES, SOFT_ENTRY] = [40, 2];
const MOST_LEVELS = 20;

/** The links of a group in the order of the file; undefined for what is none. Links to other files and to names are left out. */
export function readLinks(bytes: Hdf5Bytes, messages: readonly Message[]): Link[] | undefined {
  const table = messages.find(({ type }) => type === SYMBOL_TABLE);
  if (table) return readTable(bytes, table);
  const info = messages.find(({ type }) => type === LINK_INFO);
  if (info) {
    const numbered = bytes.whole(info.at + 1, 1) & 1 ? 8 : 0;
    if (bytes.address(info.at + 2 + numbered) !== undefined) {
      throw beyond('a group keeps its names in a heap, which is not read');
    }
  }
  const links = messages.filter(({ type }) => type === LINK);
  if (!info && links.length === 0) return undefined;
  return links.flatMap((message) => readLink(bytes, message) ?? []);
}

function readLink(bytes: Hdf5Bytes, { at, length }: Message): Link | undefined {
  const flags = bytes.whole(at + 1, 1);
  let next = at + 2;
  const kind = flags & 8 ? bytes.whole(next++, 1) : 0;
  if (flags & 4) next += 8;
  if (flags & 16) next += 1;
  const width = 2 ** (flags & 3);
  const size = bytes.whole(next, width);
  next += width;
  if (next + size + 8 > at + length) {
    if (kind === 0) throw damaged('a link is cut off');
    return undefined;
  }
  const name = decodeName(bytes.slice(next, size));
  return kind === 0 ? { name, at: bytes.whole(next + size, 8) } : undefined;
}

/** Names of the older kind: a tree whose leaves list them, and a heap that holds them. */
function readTable(bytes: Hdf5Bytes, { at }: Message): Link[] {
  const [tree, heap] = [bytes.whole(at, 8), bytes.whole(at + 8, 8)];
  bytes.expect(heap, 'HEAP');
  const names = bytes.whole(heap + 24, 8);
  const links: Link[] = [];
  const walk = (node: number, level: number) => {
    bytes.count();
    if (level > MOST_LEVELS) throw damaged('a group has no end');
    bytes.expect(node, 'TREE');
    const [depth, count] = [bytes.whole(node + 5, 1), bytes.whole(node + 6, 2)];
    for (let i = 0; i < count; i++) {
      const child = bytes.whole(node + 24 + 8 + 16 * i, 8);
      if (depth > 0) walk(child, level + 1);
      else readLeaf(child);
    }
  };
  const readLeaf = (leaf: number) => {
    bytes.expect(leaf, 'SNOD');
    const count = bytes.whole(leaf + 6, 2);
    for (let i = 0; i < count; i++) {
      bytes.count();
      const entry = leaf + 8 + ENTRY_BYTES * i;
      if (bytes.whole(entry + 16, 4) === SOFT_ENTRY) continue;
      links.push({ name: bytes.name(names + bytes.whole(entry, 8)), at: bytes.whole(entry + 8, 8) });
    }
  };
  walk(tree, 0);
  return links;
}
