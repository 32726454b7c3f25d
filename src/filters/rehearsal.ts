import type { Refine } from '../core/answer.ts';
import type { Site } from '../core/site.ts';

/** A small file by language, █ where the caret is, and an answer for it: between them they lead through what most answers do. */
const samples: Readonly<Record<string, readonly [file: string, answer: string]>> = {
  typescript: [
    "import { log } from './log.ts';\n\n/** Sells. */\nasync function sell(items: Item[]) {\n  if (items.length === 0) {\n    return 0;\n  }\n  █\n}\n\nexport function other(a: number) {\n  return a / 2;\n}\n",
    "const total = items.reduce((sum, { price }) => sum + price, 0);\n  // Nothing is sold twice.\n  for (const item of items) {\n    await log(`sold`, 'now');\n  }\n\n  return total;",
  ],
  python: [
    'import os\n\n\ndef sell(items):\n    """Sells."""\n    if not items:\n        return 0\n    █\n\n\ndef other(a):\n    return a / 2\n',
    'total = 0\n    # Nothing is sold twice.\n    for item in items:\n        total += item["price"]\n\n    return total',
  ],
  c: [
    '#include <stdio.h>\n\nstatic int sell(const int *items, int count)\n{\n\tint i;\n\n\t█\n}\n\nint other(int a)\n{\n\treturn a / 2;\n}\n',
    '/* Nothing is sold twice. */\n\tfor (i = 0; i < count; i++) {\n\t\tprintf("sold %d", items[i]);\n\t}\n\n\treturn i;',
  ],
};

/** In so many pieces the answers come. */
const pieces = 40;

let isRehearsed = false;

/** Runs the filters over small answers, once, so that the first real one of a process finds them compiled. */
export function rehearse(refine: Refine): void {
  if (isRehearsed) return;
  isRehearsed = true;
  for (const [languageId, [file, answer]] of Object.entries(samples)) {
    const site = siteIn(file, languageId);
    for (let piece = 1; piece <= pieces; piece++) {
      const text = answer.slice(0, Math.ceil((answer.length * piece) / pieces));
      refine({ text, ended: piece === pieces, tokens: [] }, site);
    }
  }
}

function siteIn(file: string, languageId: string): Site {
  const caret = file.indexOf('█');
  const text = file.replace('█', '');
  return {
    snapshot: { uri: '', path: '', languageId, version: 0, text, caret, indentUnit: '    ' },
    zone: 'code',
    extent: 'block',
    scopes: [],
    nextLine: '',
  };
}
