import type { GemmOperation } from '../operations/operation.ts';
import type { Graph, GraphNode, GraphValue } from './graph.ts';

// As the kernel has it: for fewer rows B is read as it lies, and fewer columns are rows of the transpose.
const FEWEST_ROWS = 9;
const FEWEST_COLUMNS = 5;

/** A graph whose products by parameters read them packed: for programs that leave the weights alone. */
export function packWeights(graph: Graph): Graph {
  const values: GraphValue[] = [...graph.values];
  const nodes = graph.nodes.map((node): GraphNode => {
    const { operation, inputs } = node;
    const [a, b, ...bias] = inputs;
    const source = b === undefined ? undefined : values[b]!.source;
    if (operation.kind !== 'gemm' || source?.type !== 'parameter' || !isWorthIt(operation)) return node;
    const { n, k, transposeB } = operation;
    const packed = { type: 'packed', parameter: source.name, n, k, transposed: transposeB } as const;
    const right = values.push({ shape: [k, n], source: packed }) - 1;
    return { ...node, operation: { ...operation, packed: true }, inputs: [a!, right, ...bias] };
  });
  return { ...graph, values, nodes };
}

const isWorthIt = ({ m, n }: GemmOperation) => m >= FEWEST_ROWS && n >= FEWEST_COLUMNS;
