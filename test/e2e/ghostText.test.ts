import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ModelServer } from '../support/modelServer.ts';
import {
  askInBody,
  blanksIn,
  type Desk,
  ghostsOf,
  keepPicturesOfFailures,
  openDesk,
  quiet,
  setKey,
} from './desk.ts';

const head = (name: string) => `export function ${name}(): readonly Supplier[] {`;

const body = [
  'const all = [...suppliersById.values()];',
  "  const known = all.filter((supplier) => supplier.email !== '');",
  '  known.sort((a, b) => a.name.localeCompare(b.name));',
  '  return known;',
].join('\n');

describe.each(['cloud', 'local'] as const)('With the %s backend', (kind) => {
  let desk: Desk;
  let model: ModelServer;

  beforeAll(async () => {
    desk = await openDesk({ 'foretype.backend': kind });
    model = desk[kind];
    if (kind === 'cloud') await setKey(desk, 'sk-test-0123456789');
  });
  afterAll(() => desk?.close());
  keepPicturesOfFailures(() => desk);

  test('ghost text grows with a slow stream and is blank in no frame', async () => {
    await desk.tidy();
    await desk.editor.startRecording();
    await askInBody(desk, model, head('knownSuppliers'), {
      text: body,
      firstTokenMs: 300,
      tokensPerSecond: 25,
    });
    await desk.editor.waitForGhost((ghost) => ghost === body, 30_000);
    const record = await desk.editor.stopRecording();
    await desk.editor.screenshot(`${kind}-grown`);
    const lengths = new Set(ghostsOf(record).map((ghost) => ghost.trim().length));
    lengths.delete(0);
    expect(blanksIn(record)).toBe(0);
    expect(lengths.size).toBeGreaterThanOrEqual(5);
  });

  test('typing what the ghost text says keeps it and asks nothing', async () => {
    const before = await quiet(desk, model);
    await desk.editor.startRecording();
    for (const [at, character] of [...'const all'].entries()) {
      await desk.editor.type(character);
      await desk.editor.waitForGhost((ghost) => ghost === body.slice(at + 1));
    }
    const record = await desk.editor.stopRecording();
    await desk.editor.screenshot(`${kind}-typed-through`);
    expect(blanksIn(record)).toBe(0);
    expect(model.requests.length).toBe(before);
  });

  test('Tab inserts exactly the ghost text', async () => {
    await desk.editor.press('Tab');
    await desk.editor.waitForGhost((ghost) => ghost === '');
    await desk.editor.save();
    await desk.editor.screenshot(`${kind}-taken`);
    expect(await desk.saved()).toContain(`${head('knownSuppliers')}\n  ${body}\n}`);
  });

  test('Esc removes the ghost text and leaves the text as it was', async () => {
    await desk.tidy();
    await askInBody(desk, model, head('otherSuppliers'), { text: body });
    await desk.editor.waitForGhost((ghost) => ghost === body);
    await desk.editor.press('Escape');
    await desk.editor.waitForGhost((ghost) => ghost === '');
    await desk.editor.screenshot(`${kind}-dismissed`);
    await desk.editor.save();
    expect(await desk.saved()).toContain(`${head('otherSuppliers')}\n  \n}`);
  });

  test('Esc removes ghost text that is still being written, and no more of it comes', async () => {
    await desk.tidy();
    await askInBody(desk, model, head('lateSuppliers'), {
      text: body,
      firstTokenMs: 100,
      tokensPerSecond: 15,
    });
    await desk.editor.waitForGhost((ghost) => ghost.includes('const known'));
    await desk.editor.press('Escape');
    await desk.editor.waitForGhost((ghost) => ghost === '');
    await desk.editor.startRecording();
    await desk.editor.page.waitForTimeout(2500);
    const record = await desk.editor.stopRecording();
    expect(ghostsOf(record).filter((ghost) => ghost.trim() !== '')).toEqual([]);
  });

  test('lines that step back stay through Enter, and Tab puts the indentation right', async () => {
    await desk.tidy();
    await desk.editor.setSettings({ 'editor.autoClosingBrackets': 'never' });
    for (const line of ['export function lateSuppliers() {', 'if (late) {']) {
      await desk.editor.type(line, 20);
      await desk.editor.press('Enter');
    }
    await desk.editor.type('call()', 20);
    await quiet(desk, model);
    model.script({ text: '\n  }\n  done();' });
    await desk.editor.type(';');
    await desk.editor.waitForGhost((ghost) => ghost === '\n  }\n  done();');
    await desk.editor.startRecording();
    await desk.editor.press('Enter');
    await desk.editor.waitForGhost((ghost) => ghost === '}\n  done();');
    const record = await desk.editor.stopRecording();
    await desk.editor.screenshot(`${kind}-stepping-back`);
    await desk.editor.press('Tab');
    await desk.editor.waitForGhost((ghost) => ghost !== '}\n  done();');
    await desk.editor.setSettings({});
    await desk.editor.save();
    expect(ghostsOf(record).filter((ghost) => ghost.trim() === '')).toEqual([]);
    expect(await desk.saved()).toContain('{\n  if (late) {\n    call();\n  }\n  done();');
  });

  test.each([
    { what: 'a fence', answer: `\`\`\`typescript\n${body}\n\`\`\`` },
    {
      what: 'prose before and after',
      answer: `Here is the code:\n\n\`\`\`ts\n${body}\n\`\`\`\n\nThis sorts them.`,
    },
    { what: 'the head of the function again', answer: `${head('cleanSuppliers')}\n  ${body}` },
    { what: 'the closing bracket that is there already', answer: `${body}\n}` },
  ])('nothing but code is shown when the answer has $what', async ({ answer }) => {
    await desk.tidy();
    await askInBody(desk, model, head('cleanSuppliers'), { text: answer });
    const ghost = await desk.editor.waitForGhost((text) => text.includes('return known'));
    await desk.editor.screenshot(`${kind}-clean`);
    expect(ghost).toBe(body);
  });
});
