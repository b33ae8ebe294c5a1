// A frame: pictures and the attention they were drawn with, as attngan.frames encodes them.

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
      scale: new Float32Array(buffer, offsets.layers[index].scale, rows),
      weights: new Uint8Array(buffer, offsets.layers[index].weights, rows * keys),
    };
  });
  return { header, count, attended, height, width, channels, pictures, layers };
}

/** Picture `index` of a frame as opaque ImageData of the picture's own size. */
export function pictureOf(frame, index) {
  const { height, width, channels, pictures } = frame;
  const image = new ImageData(width, height);
  const start = index * height * width * channels;
  for (let pixel = 0; pixel < height * width; pixel++) {
    const from = start + pixel * channels;
    image.data[4 * pixel] = pictures[from];
    image.data[4 * pixel + 1] = pictures[from + (channels === 3 ? 1 : 0)];
    image.data[4 * pixel + 2] = pictures[from + (channels === 3 ? 2 : 0)];
    image.data[4 * pixel + 3] = 255;
  }
  return image;
}
