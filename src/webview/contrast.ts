/** A colour in sRGB, each part 0 to 255, with its opacity, 0 to 1. */
type Color = readonly [red: number, green: number, blue: number, opacity: number];

/** The least contrast of text that WCAG 2 asks for at level AA. */
const least = 4.5;

const black: Color = [0, 0, 0, 1];
const white: Color = [255, 255, 255, 1];

/**
 * The colour, or one between it and black or white that can be read on `grounds`, the topmost first: themes colour some texts too
 * faintly. Colours as `#rgb`, `#rrggbb`, `#rrggbbaa`, `rgb(…)` or `rgba(…)`; one that is none of these stays as it is.
 */
export function readable(color: string, ...grounds: readonly string[]): string {
  const from = parsed(color);
  const layers = grounds.map(parsed).filter((layer) => layer !== undefined);
  if (from === undefined || layers.length === 0) return color;
  const ground = layers.reduceRight((below, layer) => over(layer, below), white);
  const seen = over(from, ground);
  const to = contrast(black, ground) > contrast(white, ground) ? black : white;
  for (let share = 0; share < 1; share += 0.1) {
    const mixed = mix(seen, to, share);
    if (contrast(mixed, ground) >= least) return share === 0 ? color : text(mixed);
  }
  return text(to);
}

/** What one sees of a colour on an opaque one. */
function over(color: Color, ground: Color): Color {
  return mix(ground, [color[0], color[1], color[2], 1], color[3]);
}

/** The contrast of two opaque colours as WCAG 2 defines it, 1 to 21. */
function contrast(one: Color, other: Color): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance([red, green, blue]: Color): number {
  const linear = (part: number): number => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function mix(from: Color, to: Color, share: number): Color {
  const part = (at: 0 | 1 | 2): number => Math.round(from[at] + (to[at] - from[at]) * share);
  return [part(0), part(1), part(2), 1];
}

function text([red, green, blue]: Color): string {
  return `rgb(${red} ${green} ${blue})`;
}

function parsed(color: string): Color | undefined {
  const digits = /^#([\da-f]{3}|[\da-f]{6}|[\da-f]{8})$/i.exec(color.trim())?.[1];
  if (digits !== undefined) {
    const long = digits.length === 3 ? digits.replace(/./g, '$&$&') : digits;
    const part = (at: number): number => Number.parseInt(long.slice(at, at + 2), 16);
    return [part(0), part(2), part(4), long.length === 8 ? part(6) / 255 : 1];
  }
  const named = /^rgba?\(\s*(\d+)[,\s]+(\d+)[,\s]+(\d+)(?:\s*[,/]\s*([\d.]+)(%?))?/i.exec(color.trim());
  if (named === null) return undefined;
  const opacity = named[4] === undefined ? 1 : Number(named[4]) / (named[5] === '%' ? 100 : 1);
  return [Number(named[1]), Number(named[2]), Number(named[3]), opacity];
}
