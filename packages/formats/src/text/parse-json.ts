import { LatentkitError } from '@latentkit/core';
import { checkOptions, type OptionRules, whole } from '@latentkit/core/options';
import { MAX_JSON_DEPTH } from '../limits.ts';
import { decodeText } from './decode-text.ts';
import { scanJson } from './scan-json.ts';

export interface ParseJsonOptions {
  /** How deep lists and objects may be nested: what reads them later may call itself as often. */
  maxDepth?: number;
}

const RULES: OptionRules<ParseJsonOptions> = { maxDepth: whole(0) };

/**
 * Reads a JSON file; a byte order mark is no part of it.
 *
 * @param file its bytes, or its text.
 * @param where the file's name, for messages.
 * @throws `E_FORMAT` when it is UTF-16, no JSON, or nested deeper than `maxDepth`; `E_LIMIT` beyond `MAX_TEXT_BYTES`;
 * `E_USAGE` for what are no bytes.
 * @example
 * parseJson(await (await fetch('data:,{"a":1}')).arrayBuffer(), 'a.json'); // { a: 1 }
 * @see RFC 8259, sections 8.1 and 9
 */
export function parseJson(
  file: string | Uint8Array | ArrayBufferLike,
  where: string,
  options: ParseJsonOptions = {},
): unknown {
  checkOptions('parseJson', options, RULES);
  const { maxDepth = MAX_JSON_DEPTH } = options;
  const text = typeof file === 'string' ? file : readUtf8(file, where);
  scanJson(new TextEncoder().encode(text), {
    open(depth) {
      if (depth <= maxDepth) return;
      throw new LatentkitError(
        'E_FORMAT',
        `${where}: expected lists and objects at most ${maxDepth} deep in each other, got deeper ones`,
      );
    },
  });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new LatentkitError('E_FORMAT', `${where} is not JSON: ${(cause as Error).message}`, {
      fix: 'Mend the file, or get it anew',
      cause,
    });
  }
}

function readUtf8(file: Uint8Array | ArrayBufferLike, where: string): string {
  const { text, encoding } = decodeText(file, where);
  if (encoding === 'utf-8') return text;
  throw new LatentkitError('E_FORMAT', `${where}: expected JSON in UTF-8, got ${encoding.toUpperCase()}`, {
    fix: 'Save it as UTF-8',
  });
}
