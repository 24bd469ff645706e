/** The files that `export --to hub-folder` makes, and those that people put beside them. Data is none of them. */
const PUBLISHED = [
  /^(?:README\.md|LICENSE(?:\.\w+)?|\.gitattributes)$/,
  /^(?:config|preprocessor_config|run-config)\.json$/,
  /^(?:metrics\.csv|model\.safetensors|latentkit_(?:torch|numpy)\.py|(?:encoder|decoder)\.keras)$/,
  /^onnx\/(?:encoder|decoder)_model\.onnx$/,
  /^latentkit\/model\.(?:json|safetensors)$/,
  /^figures\/[\w-][\w.-]*\.(?:png|svg|jpe?g)$/,
];

/** Whether a path, with slashes, is of a file that belongs to a published model. */
export function isPublished(path: string): boolean {
  return PUBLISHED.some((pattern) => pattern.test(path));
}
