/** As `tls.connect` of Node takes them. */
export interface TlsOptions {
  /** PEM of who signed the server's certificate. */
  readonly ca?: string | Uint8Array;
  /** PEM of our own certificate, and of its key. */
  readonly cert?: string | Uint8Array;
  readonly key?: string | Uint8Array;
  readonly servername?: string;
  readonly rejectUnauthorized?: boolean;
}

export interface OpenJobQueueOptions {
  /** The queue's name on the server: those who work together have the same one. */
  name?: string;
  tls?: TlsOptions;
  /** After how long a worker that says nothing is taken for dead; it speaks twice as often. */
  lockSeconds?: number;
  /** Seconds that the server's first answer may take. */
  patience?: number;
  /** Traces and metrics of jobs by OpenTelemetry: needs bullmq-otel. */
  telemetry?: boolean;
  /** What goes wrong with the connection, while it is tried again. */
  onNotice?: (words: string) => void;
}
