// Apart from what writes them: help lists the formats without loading it.

/** What models are exported to. */
export const EXPORTS = ['onnx', 'keras', 'torch'] as const;

export interface ExportOptions {
  to: (typeof EXPORTS)[number];
  out?: string;
  symmetric?: boolean;
  force?: boolean;
  json?: boolean;
}
