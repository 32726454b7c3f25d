/**
 * npm run pictures: takes the pictures of README in a real editor, into media/pictures: ghost text of the built-in backend on the sample
 * workspace, and an explanation by the scripted model server.
 */
import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { type Editor, launchBrowser, openEditor } from '../test/support/editorDriver.ts';
import { launchEditor } from '../test/support/editorLaunch.ts';
import { startModelServer } from '../test/support/modelServer.ts';
import { projectRoot } from '../test/support/run.ts';
import { packagedExtension } from './packaging.ts';
import { sample } from './sample.ts';

/** Small enough for a README column, large enough to read. */
const size = { width: 900, height: 480 };

const folder = path.join(projectRoot, 'media/pictures');

const explanation = `\`addSupplier\` keeps a supplier **by its id**.

- A supplier that was there before under this id is replaced.
- Nothing is checked: an empty id is a key like any other.
`;

async function keep(editor: Editor, name: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await copyFile(await editor.screenshot(name), path.join(folder, `${name}.png`));
  console.log(path.join('media/pictures', `${name}.png`));
}

/** Types the sample until ghost text of some length stands there. */
async function ghostText(editor: Editor): Promise<void> {
  for (const character of sample.text) {
    await editor.type(character, 60);
    await editor.page.waitForTimeout(150);
    const isLong = (await editor.ghost()).trim().length >= 14;
    const isInBody = (await editor.cursor()).startsWith(String(sample.line)) === false;
    if (isLong && isInBody) return;
  }
}

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
    'editor.fontSize': 15,
  },
});
const browser = await launchBrowser();
try {
  const editor = await openEditor(browser, server, { file: `${sample.file}:${sample.line}:1`, size });
  await editor.waitForStatus(/Foretype/);
  await editor.command('View: Close Primary Side Bar');
  await ghostText(editor);
  await keep(editor, 'ghost-text');

  await editor.command('Foretype: Switch Backend');
  await editor.pick('Local');
  await editor.open(sample.file, 6, 1);
  for (const key of ['Shift+ArrowDown', 'Shift+ArrowDown', 'Shift+End']) await editor.press(key);
  await editor.command('Foretype: Explain Selection');
  await editor.waitInFrames('li', 'like any other');
  await editor.page.waitForTimeout(500);
  await keep(editor, 'explain');
} finally {
  await browser.close();
  await Promise.all([server.close(), model.close()]);
}
