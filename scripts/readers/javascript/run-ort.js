/**
 * Runs exported ONNX files in onnxruntime-web, in Node and in a page alike.
 *
 * @param ort onnxruntime-web.
 * @param cases `{ name, arrays }`: what goes in, and what Latentkit made of it, as `{ shape, data }` by name.
 * @param {(path: string) => Promise<Uint8Array>} read gives a file: `dense/encoder_model.onnx`.
 * @returns a row a case: the largest difference of each output.
 */
export async function runOrt(ort, cases, read) {
  const rows = [];
  for (const { name, arrays } of cases) {
    const tensor = ({ shape, data }) => new ort.Tensor('float32', Float32Array.from(data), shape);
    const labels = arrays.labels && { labels: tensor(arrays.labels) };
    const run = async (file, inputs) => {
      const session = await ort.InferenceSession.create(await read(`${name}/${file}`));
      const outputs = await session.run({ ...inputs, ...labels });
      await session.release();
      return outputs;
    };
    const codes = await run('encoder_model.onnx', { pixel_values: tensor(arrays.images) });
    const made = await run('decoder_model.onnx', { latent: tensor(arrays.codes) });
    const row = {};
    for (const head of ['mean', 'log_var', 'code'])
      if (arrays[head]) row[head] = difference(codes[head], arrays[head]);
    row.image_embeds = difference(codes.image_embeds, arrays.mean ?? arrays.code);
    row.pixel_values = difference(made.pixel_values, arrays.decoded);
    rows.push({ case: name, ...row });
  }
  return rows;
}

/** How far a tensor is off at most; one of another shape is refused. */
export function difference({ dims, data }, expected) {
  if (`${dims}` !== `${expected.shape}`) throw new Error(`expected [${expected.shape}], got [${dims}]`);
  return expected.data.reduce((most, value, i) => Math.max(most, Math.abs(value - data[i])), 0);
}
