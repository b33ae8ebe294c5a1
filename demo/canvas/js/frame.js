// A frame: pictures and the attention they were drawn with, as attngan.explain.frames encodes them.

/** Views into the bytes of one frame; throws when they do not fit the header. */
export function decodeFrame(buffer) {
  const headerLength = new DataView(buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, headerLength)));
  if (header.version !== 1) throw new Error("frame version " + header.version);
  const { count, attended, height, width, channels, offsets } = header;
  const pictures = new Uint8Array(buffer, offsets.pictures, count * height * width * channels);
  const layers = header.layers.map((layer, index) => {
    const [queryHeight, queryWidth] = layer.query;
    const [keyHeight, keyWidth] = layer.key;
    const queries = queryHeight * queryWidth;
    const keys = keyHeight * keyWidth;
    const rows = attended * layer.heads * queries;
    const at = offsets.layers[index];
    return {
      name: layer.name,
      heads: layer.heads,
      gate: layer.gate,
      queryHeight,
      queryWidth,
      keyHeight,
      keyWidth,
      queries,
      keys,
      scale: new Float32Array(buffer, at.scale, rows),
      weights: new Uint8Array(buffer, at.weights, rows * keys),
      // lengths of what the values carry; frames of before they were kept have none
      lengths: at.lengths === undefined ? null : new Float32Array(buffer, at.lengths, attended * layer.heads * keys),
    };
  });
  return { header, count, attended, height, width, channels, pictures, layers, bytes: buffer.byteLength };
}

/** Each picture of a frame as a frame of its own, on the same bytes; only those that have their attention. */
export function singlesOf(frame) {
  const pixels = frame.height * frame.width * frame.channels;
  return [...Array(frame.attended).keys()].map((index) => ({
    ...frame,
    count: 1,
    attended: 1,
    pictures: frame.pictures.subarray(index * pixels, (index + 1) * pixels),
    layers: frame.layers.map((layer) => {
      const rows = layer.heads * layer.queries;
      const part = (values, size) => values?.subarray(index * size, (index + 1) * size) ?? null;
      return {
        ...layer,
        scale: part(layer.scale, rows),
        weights: part(layer.weights, rows * layer.keys),
        lengths: part(layer.lengths, layer.heads * layer.keys),
      };
    }),
  }));
}

/** Picture `index` of a frame as opaque ImageData of the picture's own size; `colourful` 0 makes it grey. */
export function pictureOf(frame, index, colourful = 1, bright = 1) {
  const { height, width, channels, pictures } = frame;
  const image = new ImageData(width, height);
  const start = index * height * width * channels;
  const [green, blue] = channels === 3 ? [1, 2] : [0, 0];
  for (let pixel = 0; pixel < height * width; pixel++) {
    const from = start + pixel * channels;
    const grey = 0.299 * pictures[from] + 0.587 * pictures[from + green] + 0.114 * pictures[from + blue];
    image.data[4 * pixel] = bright * (grey + colourful * (pictures[from] - grey));
    image.data[4 * pixel + 1] = bright * (grey + colourful * (pictures[from + green] - grey));
    image.data[4 * pixel + 2] = bright * (grey + colourful * (pictures[from + blue] - grey));
    image.data[4 * pixel + 3] = 255;
  }
  return image;
}
