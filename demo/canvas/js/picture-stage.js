// The stage of pictures: the picture itself, dimmed where a map lies over it.
import { imageOfHeat } from "./heat.js";
import { canvasOf } from "./paint.js";

/** @returns {import("./stages.js").Stage} */
export function pictureStage() {
  const [plain, dim, heatCanvas] = [0, 1, 2].map(() => document.createElement("canvas"));
  return {
    take(frame, index) {
      canvasOf(pictureOf(frame, index), plain);
      canvasOf(pictureOf(frame, index, 0.7, 0.45), dim); // with less colour: what is looked at glows on it
    },
    aspect: (frame) => frame.width / frame.height,
    paint(context, { x, y, width, height }, { heat, quiet, smooth }) {
      context.imageSmoothingEnabled = false;
      context.drawImage(quiet ? dim : plain, x, y, width, height);
      if (!heat) return;
      context.imageSmoothingEnabled = smooth;
      context.imageSmoothingQuality = "high";
      context.drawImage(canvasOf(imageOfHeat(heat), heatCanvas), x, y, width, height);
    },
    thumbnail: (canvas, frame, index) => canvasOf(pictureOf(frame, index), canvas),
    say: () => "",
  };
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
