import { decode } from 'fast-png';
import { encode } from 'modern-gif';
import type { Editor } from '../test/support/editorDriver.ts';

/** A short film of an editor: pictures, each with the time that it stands, ms. */
export interface Film {
  /** Takes a picture that stands so long; one that shows nothing new lengthens the one before. */
  shoot(ms: number): Promise<void>;
  /** The film as a GIF that begins again at its end. */
  develop(): Promise<Uint8Array>;
}

/** A GIF has 256 colours, one of them for what has not changed. */
const colours = 255;

/** Films the window of an editor from now on. */
export function startFilm({ page }: Editor): Film {
  const frames: { readonly png: Buffer; ms: number }[] = [];
  return {
    async shoot(ms) {
      const png = await page.screenshot({ caret: 'initial' });
      const last = frames.at(-1);
      if (last?.png.equals(png)) last.ms += ms;
      else frames.push({ png, ms });
    },
    async develop() {
      const pictures = frames.map(({ png, ms }) => ({ ...pixels(png), delay: ms }));
      const { width = 0, height = 0 } = pictures[0] ?? {};
      return new Uint8Array(await encode({ width, height, frames: pictures, maxColors: colours }));
    },
  };
}

function pixels(png: Buffer): {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
} {
  const { width, height, channels, data } = decode(png);
  const opaque = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let at = 0; at < width * height; at++) {
    for (let channel = 0; channel < 3; channel++)
      opaque[at * 4 + channel] = data[at * channels + channel] ?? 0;
  }
  return { width, height, data: opaque };
}
