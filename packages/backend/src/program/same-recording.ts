import { LatentkitError } from '@latentkit/core';
import { type Graph, type GraphValue, lineOfOperation, resultsOf } from './graph.ts';

/** A recorded computation in lines: two that are the same have the same lines. */
export type Transcript = readonly string[];

/** Writes a recording down, its constants by their bits. */
export function transcribe(graph: Graph): Transcript {
  return [
    ...graph.values.map(lineOf),
    ...graph.nodes.map(
      ({ operation, inputs, output }) => `${lineOfOperation(operation)} [${inputs}] ${output}`,
    ),
    JSON.stringify([resultsOf(graph), graph.guards]),
  ];
}

/**
 * Throws `E_USAGE` where a program, recorded again, is another one: what it was given by no declared way has changed,
 * and the recording would go on with what it saw first.
 */
export function requireSameRecording(key: string, before: Transcript, after: Transcript): void {
  const i = before.findIndex((line, index) => line !== after[index]);
  if (i < 0 && before.length === after.length) return;
  const [was, is] = [before[i] ?? 'nothing', after[i < 0 ? before.length : i] ?? 'nothing'];
  throw new LatentkitError(
    'E_USAGE',
    `record: program '${key}' does not do the same at each call: it had ${was}, and now ${is}`,
    {
      fix: 'A recording keeps what it saw. Give numbers that change as scalars, arrays as inputs, and random numbers as noise',
    },
  );
}

function lineOf({ shape, source }: GraphValue): string {
  if (source.type === 'constant') return constantLine(shape, source.data);
  return `a value [${shape.join(', ')}] ${'name' in source ? `of ${source.type} '${source.name}'` : 'computed'}`;
}

function constantLine(shape: readonly number[], data: Float32Array): string {
  const numbers = [...data.subarray(0, 3)].join(', ');
  const more = data.length > 3 ? `, ... (${hashOf(data)})` : '';
  return `a constant [${shape.join(', ')}] of ${numbers}${more}`;
}

/** FNV-1a over words, with a last shuffle: enough to tell draws apart. */
function hashOf(data: Float32Array): string {
  let hash = 0x811c9dc5;
  for (const word of new Uint32Array(data.buffer, data.byteOffset, data.length)) {
    hash = Math.imul(hash ^ word, 0x01000193);
    hash ^= hash >>> 15;
  }
  return (hash >>> 0).toString(16);
}
