// Apart from what writes them: help lists the formats without loading it.

/** What models are exported to. */
export const EXPORTS = ['onnx', 'keras', 'tfjs', 'torch', 'hub-folder'] as const;

export interface ExportOptions {
  to: (typeof EXPORTS)[number];
  out?: string;
  symmetric?: boolean;
  license?: string;
  force?: boolean;
  json?: boolean;
}
