import { expect, test } from 'vitest';
import { createPredictor } from '../../../src/builtin/index.ts';

/** A predictor that knows these files. */
function knowing(...texts: string[]) {
  const predictor = createPredictor();
  texts.forEach((text, index) => {
    predictor.learn({ path: `file${index}.ts`, languageId: 'typescript', text });
  });
  return predictor;
}

/** What is offered at the block sign, with the suggestion between ├ and ┤. */
function offered(predictor: ReturnType<typeof createPredictor>, scene: string): string {
  const [prefix = '', suffix = ''] = scene.split('█');
  const found = predictor.predict({ path: 'now.ts', languageId: 'typescript', prefix, suffix });
  return found ? `${prefix}├${found.text}┤${suffix}` : 'nothing';
}

const route = (name: string) =>
  `import { Router } from './router.ts';\n\nexport function ${name}(router: Router): void {\n  router.get('/${name}', handle);\n}\n`;

test('a line that other files begin with is completed from its first letters', () => {
  expect(
    offered(knowing(...['users', 'orders', 'bills', 'carts', 'items', 'offers'].map(route)), 'import { Ro█'),
  ).toContain('├uter');
});

test('a name that stands just above is completed where it never stood before', () => {
  const scene =
    'function load(repository, identity) {\n  const found = repository.find(identity);\n  if (rep█';
  expect(offered(knowing(), scene)).toContain('├ository');
});

test('after a dot the members are known that things of this name have in other files', () => {
  const use = (member: string) => `const x = one;\nsession.${member}();\nconst y = two;\n`;
  const predictor = knowing(
    ...Array.from({ length: 5 }, () => use('commitAll')),
    'commonWords(commonWords);\n'.repeat(9),
  );
  expect(offered(predictor, 'export function save(session) {\n  return session.com█')).toContain('├mitAll');
});

test('nothing is offered where nothing is known', () => {
  expect(offered(knowing(), 'const total = █')).toBe('nothing');
});

test('a forgotten file is not recalled', () => {
  const predictor = knowing(route('users'), route('orders'));
  predictor.forget('file0.ts');
  predictor.forget('file1.ts');
  expect(offered(predictor, 'import { Ro█')).toBe('nothing');
});

test('a suggestion that was typed past is not offered again', () => {
  const predictor = knowing(route('users'), route('orders'));
  const first = predictor.predict({
    path: 'now.ts',
    languageId: 'typescript',
    prefix: 'import { Ro',
    suffix: '',
  });
  const again = predictor.predict({
    path: 'now.ts',
    languageId: 'typescript',
    prefix: 'import { Rou',
    suffix: '',
  });
  expect(first?.text.startsWith('u')).toBe(true);
  expect(again && `u${again.text}`.startsWith(first?.text ?? '')).toBeFalsy();
});

test('a learned block is offered in the indentation of the place', () => {
  const block = 'if (error) {\n  log(error);\n  return;\n}\n';
  const predictor = knowing(...Array.from({ length: 6 }, () => block + block));
  const scene = '  {\n    if (error) {\n      log(error);\n█';
  expect(offered(predictor, scene)).toContain('├      return;\n    }');
});

test('what is typed in the same file is learned at once', () => {
  const line = "  assert.equal(parse('x'), undefined);\n".repeat(4);
  expect(offered(knowing(), `${line}${line}${line}  assert.eq█`)).toContain("├ual(parse('x'), undefined);");
});

test('what stands after the caret is not offered again', () => {
  const call = 'const total = computeTotal(items, prices, discounts);\n';
  const predictor = knowing(...Array.from({ length: 6 }, () => call.repeat(2)));
  expect(offered(predictor, 'const total = computeTotal(it█);')).toBe(
    'const total = computeTotal(it├ems, prices, discounts┤);',
  );
});

test('inside a word nothing is offered', () => {
  const predictor = knowing(...Array.from({ length: 6 }, () => 'const total = computeTotal(items);\n'));
  expect(offered(predictor, 'const total = comp█Total')).toBe('nothing');
});

test('code below the caret is known', () => {
  const below = '  expect(screen.getByRole("button")).toBeVisible();\n'.repeat(5);
  expect(offered(knowing(), `  expect(sc█\n\n${below}`)).toContain('├reen.getByRole("button');
});

test('at the end of a file of a million characters the code nearby is known', () => {
  const filler = Array.from({ length: 40_000 }, (_, index) => `step${index}(value, ${index});\n`).join('');
  const line = '  assert.equal(parse(input), undefined);\n';
  expect(offered(knowing(), `${filler}${line.repeat(4)}  assert.eq█`)).toContain(
    '├ual(parse(input), undefined);',
  );
});

test('line breaks are offered as the file has them', () => {
  const block = 'if (error) {\n  log(error);\n  return;\n}\n';
  const predictor = knowing(...Array.from({ length: 6 }, () => block + block));
  expect(offered(predictor, 'start();\r\nif (error) {\r\n  log(err█')).toMatch(/├or\);\r\n {2}return;/);
});

test('a sentence of one\u2019s own is not interrupted', () => {
  const predictor = knowing(...['users', 'orders', 'bills', 'carts', 'items', 'offers'].map(route));
  const sentence =
    'We import a handler for every router because users ask for it, and export the function later.';
  for (const languageId of ['markdown', 'typescript']) {
    const start = languageId === 'markdown' ? '' : '// ';
    for (let at = 1; at < sentence.length; at++) {
      const prefix = start + sentence.slice(0, at);
      expect(predictor.predict({ path: `a.${languageId}`, languageId, prefix, suffix: '' })).toBeUndefined();
    }
  }
});

test('in a line without end nothing is offered', () => {
  expect(offered(knowing(), `const data = [${'total, '.repeat(1000)}to█`)).toBe('nothing');
});
