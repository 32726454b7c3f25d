/** Answers that a hostile or broken model may give, by name. Each tries to run, load, navigate, hide, or exhaust. */
export const hostileAnswers: Readonly<Record<string, string>> = {
  'a script': '<script>alert(1)</script>\n\n<script src="https://evil.test/x.js"></script>',
  'event handlers':
    '<img src=x onerror=alert(1)> <svg onload=alert(1)><details open ontoggle=alert(1)> <b onclick="alert(1)">x</b>',
  'command links':
    '[run](command:workbench.action.terminal.new) <a href="command:foretype.showLog">x</a> <command:a>',
  'other schemes':
    '[a](javascript:alert(1)) [b](vscode://x/y) [c](data:text/html,<script>alert(1)</script>) <javascript:alert(1)>',
  'remote images':
    '![x](https://evil.test/x.png) ![y][z]\n\n[z]: https://evil.test/z.png\n\n<img src="https://evil.test/y.png">',
  'frames, forms and bases':
    '<iframe src="https://evil.test"></iframe><form action="https://evil.test"><input><button>x</button></form><base href="https://evil.test"><meta http-equiv="refresh" content="0;url=https://evil.test"><link rel=stylesheet href="https://evil.test/x.css"><object data="https://evil.test"></object>',
  'styles that cover the page':
    '<style>*{background:url(https://evil.test/x)}</style><div style="position:fixed;inset:0;background:url(https://evil.test/y)">x</div>',
  'markup against sanitizers':
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;"> <svg></p><style><a id="</style><img src=1 onerror=alert(1)>"> <noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  'names of the page itself':
    '<form id="acquireVsCodeApi"><input name="body"></form><a id="sent"></a><img name="words">',
  'code that closes its element':
    '```html\n</code></pre><script>alert(1)</script>\n```\n\n```x" onmouseover="alert(1)\ny\n```',
  'a fence that never closes': '```ts\nconst a = 1;\n'.concat('x\n'.repeat(2000)),
  'fences within fences': '````\n```\n````\n```\n~~~\n```\n'.repeat(300),
  'deep quotes': '>'.repeat(50_000),
  'deep lists': Array.from({ length: 2000 }, (_, depth) => `${'  '.repeat(depth)}- x`).join('\n'),
  'open brackets': '['.repeat(50_000),
  'open images': '![['.repeat(30_000),
  stars: '*a **b '.repeat(20_000),
  underscores: '_a__'.repeat(20_000),
  'backticks of all lengths': Array.from({ length: 400 }, (_, length) => '`'.repeat(length + 1)).join('x'),
  'open tags': '<a '.repeat(40_000),
  'open comments': '<!-- '.repeat(40_000),
  entities: '&amp;&#x3c;&lt;'.repeat(20_000),
  'a wide table': `|${'a|'.repeat(3000)}\n|${'-|'.repeat(3000)}\n`.concat(
    `|${'b|'.repeat(3000)}\n`.repeat(20),
  ),
  'link definitions': Array.from({ length: 10_000 }, (_, at) => `[${at}]: <x`).join('\n'),
  'one long line': 'a'.repeat(1_000_000),
  spaces: ' '.repeat(1_000_000).concat('x'),
  'line breaks': '\n'.repeat(1_000_000),
  'line numbers': 'line 1 '.repeat(100_000),
  'invisible direction': 'safe \u202e esrever \u2066 hidden \u{e0041}\u{e0042}',
  'nulls and controls': 'a\0b\u0007c\u001b[31md',
};

/** The same in `count` paragraphs that are just short enough to be rendered as Markdown. */
export function hostileParagraphs(count: number): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [
      '[',
      '![[',
      '*a **b ',
      '_a__',
      '**',
      '`a``',
      '<a ',
      '<!-- ',
      '&lt;',
      '[a](',
      '[a](<',
      '~~a~',
      '\\',
      '](',
      '>',
      '- ',
      '|a',
      '\n# ',
      'https://a.',
      'a@a.',
    ].map((piece) => [
      `paragraphs of ${JSON.stringify(piece)}`,
      `${piece.repeat(7_900 / piece.length)}\n\n`.repeat(count),
    ]),
  );
}

/** Five megabytes of every kind of Markdown. */
export function fiveMegabytes(): string {
  const piece = [
    '# Title *with* `code`\n\nA paragraph with [a link](https://x.test) and line 12 and **bold _nested_**.\n\n',
    '- a\n  - b\n    1. c\n\n```ts\nconst answer: number = 42; // comment\n```\n\n',
    '| a | b |\n|---|---|\n| `1` | 2 |\n\n> quote\n> > deeper\n\n<b onclick="alert(1)">html</b>\n\n',
  ].join('');
  return piece.repeat(Math.ceil(5_000_000 / piece.length));
}
