import { LatentkitError, shorten } from '@latentkit/core';

/** Something by its name in a module, as a pickle asks for it. */
export interface PickleGlobal {
  readonly global: string;
}

/** What a pickle is made of; a dictionary keeps its order. */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PickleGlobal
  | PickleValue[]
  | Map<PickleValue, PickleValue>
  | { readonly made: unknown };

/** What may be asked for, and nothing else: a pickle is a program, and these are the words it may use. */
export interface PickleRules {
  /** Names of a module and what is in it, `collections.OrderedDict`. */
  readonly allowed: ReadonlySet<string>;
  /** What a call of one of them gives. */
  call(global: string, given: readonly PickleValue[]): PickleValue;
  /** What stands for something outside of the pickle. */
  load(id: PickleValue): PickleValue;
}

export const damaged = (words: string) =>
  new LatentkitError('E_FORMAT', `parseTorch: the pickle is damaged: ${words}`, { fix: 'Get the file anew' });

const tooMany = (what: string) =>
  new LatentkitError('E_LIMIT', `parseTorch: the pickle has more than ${what}`, {
    fix: 'Save the weights alone: torch.save(model.state_dict(), path)',
  });

/** Lists, tuples and dictionaries: a tensor takes seven. */
const MOST_CONTAINERS = 2 ** 18;
const MOST_INSTRUCTIONS = 2 ** 22;
/** Of bytes that are no tensor. */
const MOST_BYTES = 2 ** 20;

const MARK = Symbol('mark');
type Entry = PickleValue | typeof MARK;

/**
 * Reads a pickle of protocols 2 to 5 that is made of numbers, texts, lists, dictionaries and what the rules allow. It runs nothing: what is
 * asked for by name is held against a list, and a call gives what the rules say.
 *
 * @throws `E_FORMAT` naming what is asked for and not allowed; for an instruction that such a pickle does not have, and for a damaged one;
 * `E_LIMIT` for many more lists and instructions than weights take: it ends within a second or two, whatever the bytes are.
 * @see https://github.com/python/cpython/blob/main/Lib/pickletools.py
 */
export function unpickle(bytes: Uint8Array, rules: PickleRules): PickleValue {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const stack: Entry[] = [];
  const memo = new Map<number, PickleValue>();
  let at = 0;

  const take = (length: number): Uint8Array => {
    if (at + length > bytes.length) throw damaged('it is cut off');
    at += length;
    return bytes.subarray(at - length, at);
  };
  const whole = (width: 1 | 2 | 4): number => {
    take(width);
    const from = at - width;
    return width === 1
      ? view.getUint8(from)
      : width === 2
        ? view.getUint16(from, true)
        : view.getUint32(from, true);
  };
  const text = (length: number): string => {
    const part = take(length);
    try {
      return decoder.decode(part);
    } catch {
      throw damaged('a text is no UTF-8');
    }
  };
  const line = (): string => {
    const end = bytes.indexOf(10, at);
    if (end < 0) throw damaged('a line has no end');
    const words = text(end - at);
    at++;
    return words;
  };
  const pop = (): PickleValue => {
    const value = stack.pop();
    if (value === undefined || value === MARK) throw damaged('a value is missing');
    return value;
  };
  const top = (): PickleValue => {
    const value = stack.at(-1);
    if (value === undefined || value === MARK) throw damaged('a value is missing');
    return value;
  };
  const popToMark = (): PickleValue[] => {
    const mark = stack.lastIndexOf(MARK);
    if (mark < 0) throw damaged('a mark is missing');
    const values = stack.splice(mark).slice(1);
    return values as PickleValue[];
  };
  let [containers, instructions] = [0, 0];
  const made = <Made extends PickleValue>(container: Made): Made => {
    if (++containers > MOST_CONTAINERS) throw tooMany(`${MOST_CONTAINERS} lists and dictionaries`);
    return container;
  };
  const bytesOf = (length: number): Uint8Array => {
    if (length > MOST_BYTES) throw tooMany(`${MOST_BYTES} bytes that are no tensor`);
    return take(length);
  };
  const several = (count: number) => Array.from({ length: count }, pop).reverse();
  const list = (value: PickleValue): PickleValue[] => {
    if (Array.isArray(value)) return value;
    throw damaged('a list is expected');
  };
  const fill = (target: PickleValue, pairs: readonly PickleValue[]) => {
    if (!(target instanceof Map) || pairs.length % 2 > 0) throw damaged('a dictionary is expected');
    for (let i = 0; i < pairs.length; i += 2) target.set(pairs[i]!, pairs[i + 1]!);
  };
  const ask = (module: string, name: string): PickleGlobal => {
    const global = `${module}.${name}`;
    if (rules.allowed.has(global)) return { global };
    throw new LatentkitError(
      'E_FORMAT',
      `parseTorch: the file asks for ${shorten(global)}, which only Python could run: nothing of it was`,
      { fix: 'Save the weights alone: torch.save(model.state_dict(), path)' },
    );
  };
  const call = (given: PickleValue, values: PickleValue): PickleValue => {
    if (typeof given !== 'object' || given === null || !('global' in given))
      throw damaged('something else is called');
    return rules.call(given.global, list(values));
  };
  const longOf = (length: number): number | bigint => {
    const part = take(length);
    let value = 0n;
    for (let i = length - 1; i >= 0; i--) value = (value << 8n) | BigInt(part[i]!);
    const signed = BigInt.asIntN(8 * length, value);
    return Number.isSafeInteger(Number(signed)) ? Number(signed) : signed;
  };
  const MOST_LONG = 64;

  /** An instruction; true for the last one. */
  const step = (code: number): boolean => {
    switch (code) {
      case 0x80: // PROTO
        if (whole(1) > 5) throw damaged('its protocol is newer than 5');
        return false;
      case 0x95: // FRAME
        take(8);
        return false;
      case 0x2e: // STOP
        return true;
      case 0x28: // MARK
        made([]); // for each is one to come
        stack.push(MARK);
        return false;
      case 0x30: // POP
        stack.pop();
        return false;
      case 0x31: // POP_MARK
        popToMark();
        return false;
      case 0x4e: // NONE
        stack.push(null);
        return false;
      case 0x88: // NEWTRUE
      case 0x89: // NEWFALSE
        stack.push(code === 0x88);
        return false;
      case 0x4a: // BININT
        take(4);
        stack.push(view.getInt32(at - 4, true));
        return false;
      case 0x4b: // BININT1
        stack.push(whole(1));
        return false;
      case 0x4d: // BININT2
        stack.push(whole(2));
        return false;
      case 0x8a: {
        // LONG1
        const length = whole(1);
        if (length > MOST_LONG) throw damaged(`a number has ${length} bytes`);
        stack.push(longOf(length));
        return false;
      }
      case 0x47: // BINFLOAT
        take(8);
        stack.push(view.getFloat64(at - 8));
        return false;
      case 0x58: // BINUNICODE
        stack.push(text(whole(4)));
        return false;
      case 0x8c: // SHORT_BINUNICODE
      case 0x55: // SHORT_BINSTRING
        stack.push(text(whole(1)));
        return false;
      case 0x54: // BINSTRING
        stack.push(text(whole(4)));
        return false;
      case 0x43: // SHORT_BINBYTES
        stack.push(bytesOf(whole(1)));
        return false;
      case 0x42: // BINBYTES
        stack.push(bytesOf(whole(4)));
        return false;
      case 0x5d: // EMPTY_LIST
      case 0x29: // EMPTY_TUPLE
        stack.push(made([]));
        return false;
      case 0x6c: // LIST
      case 0x74: // TUPLE
        stack.push(popToMark());
        return false;
      case 0x85: // TUPLE1
      case 0x86: // TUPLE2
      case 0x87: // TUPLE3
        stack.push(made(several(code - 0x84)));
        return false;
      case 0x61: {
        // APPEND
        const value = pop();
        list(top()).push(value);
        return false;
      }
      case 0x65: {
        // APPENDS
        const values = popToMark();
        const target = list(top());
        for (const value of values) target.push(value);
        return false;
      }
      case 0x7d: // EMPTY_DICT
        stack.push(made(new Map()));
        return false;
      case 0x64: {
        // DICT
        const dictionary = new Map<PickleValue, PickleValue>();
        fill(dictionary, popToMark());
        stack.push(dictionary);
        return false;
      }
      case 0x73: {
        // SETITEM
        const pair = several(2);
        fill(top(), pair);
        return false;
      }
      case 0x75: {
        // SETITEMS
        const pairs = popToMark();
        fill(top(), pairs);
        return false;
      }
      case 0x71: // BINPUT
        memo.set(whole(1), top());
        return false;
      case 0x72: // LONG_BINPUT
        memo.set(whole(4), top());
        return false;
      case 0x94: // MEMOIZE
        memo.set(memo.size, top());
        return false;
      case 0x68: // BINGET
      case 0x6a: {
        // LONG_BINGET
        const value = memo.get(whole(code === 0x68 ? 1 : 4));
        if (value === undefined) throw damaged('it looks for what it did not keep');
        stack.push(value);
        return false;
      }
      case 0x63: // GLOBAL
        stack.push(ask(line(), line()));
        return false;
      case 0x93: {
        // STACK_GLOBAL
        const [module, name] = several(2);
        stack.push(ask(String(module), String(name)));
        return false;
      }
      case 0x52: // REDUCE
      case 0x81: {
        // NEWOBJ
        const [given, values] = several(2);
        stack.push(call(given!, values!));
        return false;
      }
      case 0x62: // BUILD: attributes of an object, which none of ours has a use for
        pop();
        top();
        return false;
      case 0x51: // BINPERSID
        stack.push(rules.load(pop()));
        return false;
      default:
        throw damaged(`it has the instruction ${code}, which no state_dict has`);
    }
  };
  while (!step(whole(1))) {
    if (++instructions > MOST_INSTRUCTIONS) throw tooMany(`${MOST_INSTRUCTIONS} instructions`);
  }
  return pop();
}
