/** The kinds of tokens that code in a panel is coloured by. */
export type TokenKind =
  | 'keyword'
  | 'type'
  | 'function'
  | 'string'
  | 'number'
  | 'comment'
  | 'variable'
  | 'tag'
  | 'meta';

/** Colours as `#rrggbb`; a kind that the theme does not colour has the editor's text colour. */
export type TokenColors = Partial<Readonly<Record<TokenKind, string>>>;

/** The scopes that stand for a kind of token, the most telling first. */
const scopes: Readonly<Record<TokenKind, readonly string[]>> = {
  keyword: ['keyword.control', 'keyword', 'storage.type'],
  type: ['entity.name.type.class', 'entity.name.type', 'support.class', 'support.type'],
  function: ['entity.name.function', 'support.function'],
  string: ['string.quoted', 'string'],
  number: ['constant.numeric'],
  comment: ['comment.line', 'comment'],
  variable: ['variable.other.readwrite', 'variable'],
  tag: ['entity.name.tag'],
  meta: ['entity.name.function.decorator', 'meta.preprocessor', 'keyword.control.directive'],
};

interface Rule {
  readonly selector: string;
  readonly color: string;
}

/** The colours of a theme's code from its files' `tokenColors`, the included ones first. */
export function tokenColors(themes: readonly unknown[]): TokenColors {
  const rules = themes.flatMap(rulesOf);
  const colors: Partial<Record<TokenKind, string>> = {};
  for (const [kind, candidates] of entries(scopes)) {
    const color = candidates.map((scope) => colorOf(scope, rules)).find((found) => found !== undefined);
    if (color !== undefined) colors[kind] = color;
  }
  return colors;
}

/** As the editor does: the longest selector that fits wins, and of two the later. */
function colorOf(scope: string, rules: readonly Rule[]): string | undefined {
  let best: Rule | undefined;
  for (const rule of rules) {
    const fits = scope === rule.selector || scope.startsWith(`${rule.selector}.`);
    if (fits && rule.selector.length >= (best?.selector.length ?? 0)) best = rule;
  }
  return best?.color;
}

function rulesOf(theme: unknown): readonly Rule[] {
  const list = field(theme, 'tokenColors');
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry: unknown) => {
    const color = field(field(entry, 'settings'), 'foreground');
    const scope = field(entry, 'scope');
    // Only what the page may put into a style is taken.
    if (typeof color !== 'string' || !/^#[0-9a-f]{3,8}$/i.test(color)) return [];
    const selectors: readonly unknown[] = Array.isArray(scope) ? scope : [scope];
    return selectors
      .flatMap((selector) => (typeof selector === 'string' ? selector.split(',') : []))
      .map((selector) => ({ selector: selector.trim(), color }));
  });
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function entries<K extends string, V>(record: Readonly<Record<K, V>>): readonly (readonly [K, V])[] {
  return Object.entries<V>(record).map(([key, value]) => [key as K, value] as const);
}
