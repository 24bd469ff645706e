const FILES = { TORCH_SOURCE: 'latentkit_torch.py', NUMPY_SOURCE: 'latentkit_numpy.py' };

/** A module that holds the Python files as texts. */
export function sourceOfPython(read) {
  const quote = (text) =>
    `\`${text.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${')}\``;
  const texts = Object.entries(FILES).map(
    ([constant, name]) => `/** \`python/${name}\`. */\nexport const ${constant} = ${quote(read(name))};\n`,
  );
  return `// Written by scripts/write-python-sources.js from the files in python/; a test holds the two in step.\n\n${texts.join('\n')}`;
}
