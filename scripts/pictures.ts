/**
 * npm run pictures: takes the pictures of README in a real editor, into media/pictures: a film of typing with the built-in backend on the
 * sample workspace, and an explanation by the scripted model server.
 */
import { copyFile, mkdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Editor, launchBrowser, openEditor } from '../test/support/editorDriver.ts';
import { launchEditor } from '../test/support/editorLaunch.ts';
import { startModelServer } from '../test/support/modelServer.ts';
import { projectRoot } from '../test/support/run.ts';
import { startFilm } from './film.ts';
import { packagedExtension } from './packaging.ts';
import { sample } from './sample.ts';

/** Small enough for a README column, large enough to read. */
const size = { width: 800, height: 420 };

const folder = path.join(projectRoot, 'media/pictures');

/** Ghost text of so many visible characters is worth a Tab. */
const worthTaking = 8;

const explanation = `Keeps a supplier **by its id**, so that \`findSupplierById\` can look it up.

- Line 7 replaces a supplier that was there under this id before.
- Nothing is checked: an empty id is a key like any other.

\`\`\`ts
addSupplier({ id: 's1', name: 'Mill & Co' });
\`\`\`
`;

async function keep(editor: Editor, name: string): Promise<void> {
  await copyFile(await editor.screenshot(name), path.join(folder, `${name}.png`));
  await told(`${name}.png`);
}

async function told(name: string): Promise<void> {
  const { size: bytes } = await stat(path.join(folder, name));
  console.log(`media/pictures/${name} (${Math.round(bytes / 1000)} kB)`);
}

/** Types the sample as a person does, takes ghost text that says what the person wants, and films it. */
async function typing(editor: Editor): Promise<void> {
  const film = startFilm(editor);
  let rest: string = sample.text;
  await film.shoot(600);
  while (rest !== '') {
    await editor.type(rest.slice(0, 1));
    rest = rest.slice(1);
    await editor.page.waitForTimeout(150);
    const ghost = await editor.ghost();
    // Every other key is enough to see someone type.
    if (rest.length % 2 === 0) await film.shoot(150);
    const wanted = startOf(rest, ghost);
    if (ghost.trim().length < worthTaking || wanted === undefined) continue;
    await film.shoot(1100);
    await editor.press('Tab');
    await editor.page.waitForTimeout(300);
    await film.shoot(500);
    rest = wanted;
  }
  await editor.page.waitForTimeout(1000);
  if ((await editor.ghost()).trim() !== '') {
    await film.shoot(1100);
    await editor.press('Tab');
    await editor.page.waitForTimeout(300);
  }
  await film.shoot(2000);
  await writeFile(path.join(folder, 'typing.gif'), await film.develop());
  await told('typing.gif');
}

/** What is left to type after ghost text; undefined if it does not say what is to be typed. White space at the start of lines is the editor's. */
function startOf(rest: string, ghost: string): string | undefined {
  let at = 0;
  for (const character of ghost) {
    if (rest[at] === character) at++;
    else if (character.trim() !== '') return at === rest.length ? '' : undefined;
  }
  return rest.slice(at);
}

await mkdir(folder, { recursive: true });
const model = await startModelServer({ text: explanation });
const server = await launchEditor({
  extension: { kind: 'vsix', file: await packagedExtension() },
  settings: {
    'foretype.local.endpoint': model.origin,
    'foretype.local.protocol': 'chat',
    'workbench.activityBar.location': 'hidden',
    'workbench.sideBar.location': 'right',
    'breadcrumbs.enabled': false,
    'editor.minimap.enabled': false,
    'editor.fontSize': 14,
    'editor.quickSuggestions': false,
    'editor.parameterHints.enabled': false,
    'editor.cursorBlinking': 'solid',
    'editor.occurrencesHighlight': 'off',
    // What is half typed has errors; the pictures are of something else.
    'typescript.validate.enable': false,
  },
});
const browser = await launchBrowser();
try {
  const editor = await openEditor(browser, server, { file: `${sample.file}:${sample.line}:1`, size });
  await editor.waitForStatus(/Foretype, Ready/);
  await editor.command('View: Close Primary Side Bar');
  await editor.open(sample.file, sample.line, 1);
  await typing(editor);

  await editor.command('Foretype: Switch Backend');
  await editor.pick('Local');
  await editor.command('File: Revert File');
  await editor.open(sample.file, 6, 1);
  for (const key of ['Shift+ArrowDown', 'Shift+ArrowDown', 'Shift+End']) await editor.press(key);
  await editor.command('Foretype: Explain Selection');
  await editor.waitInFrames('.tools button', 'Regenerate');
  await editor.page.waitForTimeout(500);
  await keep(editor, 'explain');
} finally {
  await browser.close();
  await Promise.all([server.close(), model.close()]);
}
