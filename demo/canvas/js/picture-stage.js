// The stage of pictures: the picture itself, in shade, hatched or tinted where a map lies over it.
import { hatching } from "./hatch.js";
import { imageOfHeat, imageOfLack } from "./heat.js";
import { stacked } from "./lines.js";
import { canvasOf } from "./paint.js";

/** @returns {import("./stages.js").Stage} */
export function pictureStage() {
  const [plain, heatCanvas, lackCanvas] = [0, 1, 2].map(() => document.createElement("canvas"));
  const hatch = hatching();
  return {
    take(frame, index) {
      canvasOf(pictureOf(frame, index), plain);
    },
    arrange: (width, shown) => stacked(width, (width * shown.frame.height) / shown.frame.width, shown),
    paint(context, { heat, smooth, layout, scaled }) {
      const area = scaled(layout.area);
      const { x, y, width, height } = area;
      context.imageSmoothingEnabled = false;
      context.drawImage(plain, x, y, width, height);
      if (!heat?.strength) return;
      context.imageSmoothingEnabled = smooth;
      context.imageSmoothingQuality = "high";
      context.drawImage(canvasOf(imageOfHeat(heat), heatCanvas), x, y, width, height);
      hatch(context, area, canvasOf(imageOfLack(heat), lackCanvas), smooth);
    },
    thumbnail: (canvas, frame, index) => canvasOf(pictureOf(frame, index), canvas),
    say: () => "",
  };
}

/** Picture `index` of a frame as opaque ImageData of the picture's own size. */
export function pictureOf(frame, index) {
  const { height, width, channels, pictures } = frame;
  const image = new ImageData(width, height);
  const start = index * height * width * channels;
  const [green, blue] = channels === 3 ? [1, 2] : [0, 0];
  for (let pixel = 0; pixel < height * width; pixel++) {
    const from = start + pixel * channels;
    image.data.set([pictures[from], pictures[from + green], pictures[from + blue], 255], 4 * pixel);
  }
  return image;
}
