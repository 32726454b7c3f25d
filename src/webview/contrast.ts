/** A colour in sRGB, each part 0 to 255. */
type Rgb = readonly [number, number, number];

/** The least contrast of text that WCAG 2 asks for at level AA. */
const least = 4.5;

/**
 * The colour, or one between it and `text` that can be read on `paper`: themes colour some tokens too faintly. Colours as
 * `#rgb`, `#rrggbb` or `rgb(…)`; one that is none of these stays as it is.
 */
export function readable(color: string, paper: string, text: string): string {
  const [from, ground, to] = [parsed(color), parsed(paper), parsed(text)];
  if (from === undefined || ground === undefined || to === undefined) return color;
  for (let share = 0; share <= 1; share += 0.1) {
    const mixed = mix(from, to, share);
    if (contrast(mixed, ground) >= least) return share === 0 ? color : `rgb(${mixed.join(' ')})`;
  }
  return text;
}

/** The contrast of two colours as WCAG 2 defines it, 1 to 21. */
function contrast(one: Rgb, other: Rgb): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: Rgb): number {
  const [red = 0, green = 0, blue = 0] = color.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const part = (at: 0 | 1 | 2): number => Math.round(from[at] + (to[at] - from[at]) * share);
  return [part(0), part(1), part(2)];
}

function parsed(color: string): Rgb | undefined {
  const short = /^#([\da-f])([\da-f])([\da-f])$/i.exec(color.trim());
  const long = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})(?:[\da-f]{2})?$/i.exec(color.trim());
  const named = /^rgba?\(\s*(\d+)[,\s]+(\d+)[,\s]+(\d+)/i.exec(color.trim());
  if (short) return rgb(short, (part) => Number.parseInt(part + part, 16));
  if (long) return rgb(long, (part) => Number.parseInt(part, 16));
  return named ? rgb(named, Number) : undefined;
}

function rgb(match: RegExpExecArray, read: (part: string) => number): Rgb {
  return [read(match[1] ?? '0'), read(match[2] ?? '0'), read(match[3] ?? '0')];
}
