/** How figures are written in the editor's language. */
export interface Formats {
  count(value: number): string;
  /** Dollars, with as many digits as tell something. */
  money(dollars: number): string;
  percent(part: number, whole: number): string;
  /** Milliseconds. */
  time(ms: number): string;
  bytes(value: number): string;
  /** A day from `2026-11-22`. */
  day(name: string): string;
}

/** Formats for a language tag; an unknown one is English. */
export function createFormats(language: string): Formats {
  const wellFormed = /^[a-z]{2,3}(?:-[a-z\d]{2,8})*$/i.test(language);
  const tag = (wellFormed ? Intl.NumberFormat.supportedLocalesOf([language])[0] : undefined) ?? 'en';
  const count = new Intl.NumberFormat(tag, { notation: 'standard', maximumFractionDigits: 0 });
  const compact = new Intl.NumberFormat(tag, { notation: 'compact', maximumSignificantDigits: 3 });
  const decimal = new Intl.NumberFormat(tag, { maximumSignificantDigits: 3 });
  const share = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 0 });
  const dollars = new Intl.NumberFormat(tag, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
  });
  const cents = new Intl.NumberFormat(tag, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    maximumSignificantDigits: 2,
  });
  const date = new Intl.DateTimeFormat(tag, { weekday: 'short', day: 'numeric', month: 'short' });
  return {
    count: (value) => (value >= 100_000 ? compact : count).format(value),
    money: (value) => (value > 0 && value < 0.1 ? cents : dollars).format(value),
    percent: (part, whole) => (whole === 0 ? '–' : share.format(part / whole)),
    time: (ms) => (ms < 1000 ? `${decimal.format(Math.round(ms))} ms` : `${decimal.format(ms / 1000)} s`),
    bytes: (value) => {
      const units = ['B', 'kB', 'MB', 'GB'];
      const unit = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, value)) / 3)));
      return `${decimal.format(value / 1000 ** unit)} ${units[unit]}`;
    },
    day: (name) => (name === '' ? '' : date.format(new Date(`${name}T12:00:00`))),
  };
}
