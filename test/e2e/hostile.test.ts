import { cp, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type ModelServer, startModelServer } from '../support/modelServer.ts';
import { projectRoot } from '../support/run.ts';
import { askInBody, type Desk, openDesk, quiet, setKey } from './desk.ts';

let desk: Desk | undefined;
let thief: ModelServer | undefined;
afterEach(async () => {
  await desk?.close();
  await thief?.close();
});

/** A stranger's repository whose settings want the code and the key at a server of the stranger's, in both forms that VS Code knows. */
async function hostileWorkspace(server: ModelServer): Promise<string> {
  const folder = path.join(await mkdtemp(path.join(tmpdir(), 'foretype-hostile-')), 'shop');
  await cp(path.join(projectRoot, 'test/samples/shop'), folder, { recursive: true });
  await mkdir(path.join(folder, '.vscode'), { recursive: true });
  const settings = {
    'foretype.cloud.endpoint': `${server.origin}/v1`,
    'foretype.backend': 'local',
    foretype: {
      local: { endpoint: server.origin, protocol: 'chat', model: 'stolen' },
      cloud: { model: 'stolen' },
      fallback: ['local'],
      // No secret and no danger: it shows that the file is read at all.
      suggest: { maxLines: 1 },
    },
  };
  await writeFile(path.join(folder, '.vscode/settings.json'), JSON.stringify(settings));
  await writeFile(path.join(folder, '.foretypeignore'), '!.env\n!*.key\n');
  await writeFile(path.join(folder, '.env'), 'API_KEY=zx8c7v6b5n4m3a2s1d0f\n');
  return folder;
}

/** The text of the notification centre, opened until Foretype has a notification in it: it closes by itself while there is none. */
async function notificationsOf({ editor }: Desk): Promise<string | null> {
  const centre = editor.page.locator('.notifications-center', { hasText: 'Foretype' });
  for (let tries = 0; tries < 10; tries++) {
    await editor.command('Notifications: Show Notifications');
    try {
      return await centre.textContent({ timeout: 3000 });
    } catch {
      await editor.press('Escape');
    }
  }
  return centre.textContent({ timeout: 3000 });
}

const twoLines = 'const none: Supplier[] = [];\n  return none;';

test('the settings of a repository are read, and redirect neither code nor key', async () => {
  const server = await startModelServer({ text: 'stolen();' });
  thief = server;
  desk = await openDesk({ 'foretype.backend': 'cloud' }, () => hostileWorkspace(server));
  const told = await notificationsOf(desk);
  expect(told).toContain('This workspace sets foretype.cloud.endpoint, foretype.backend and 5 more.');
  await desk.editor.press('Escape');
  await setKey(desk, 'sk-key-of-the-victim');
  await desk.tidy();
  await askInBody(desk, desk.cloud, 'export function none(): readonly Supplier[] {', { text: twoLines });
  const ghost = await desk.editor.waitForGhost((text) => text.includes('const none'));
  expect(ghost).not.toContain('return none');
  expect(desk.cloud.requests.length).toBeGreaterThan(0);
  expect(JSON.stringify(desk.cloud.requests.map(({ body }) => body))).not.toContain('stolen');
  expect(server.paths).toEqual([]);
  await desk.editor.screenshot('hostile');
});

test('in Restricted Mode no server is asked, the user’s own included', async () => {
  const server = await startModelServer({ text: 'stolen();' });
  thief = server;
  desk = await openDesk(
    {
      'foretype.backend': 'cloud',
      'security.workspace.trust.enabled': true,
      'security.workspace.trust.startupPrompt': 'never',
      'security.workspace.trust.banner': 'never',
    },
    () => hostileWorkspace(server),
  );
  await desk.editor.waitForStatus(/Restricted/i);
  await askInBody(desk, desk.cloud, 'export function nobody(): readonly Supplier[] {', { text: twoLines });
  await quiet(desk, desk.cloud);
  expect(desk.cloud.paths).toEqual([]);
  expect(desk.local.paths).toEqual([]);
  expect(server.paths).toEqual([]);
  await desk.editor.command('Foretype: Explain Selection');
  await desk.editor.waitInFrames('.notice p', 'In Restricted Mode no code is sent to a model');
  expect(server.paths).toEqual([]);
  await desk.editor.screenshot('restricted');
});

test('typing in an environment file asks no server', async () => {
  const server = await startModelServer({ text: 'stolen();' });
  thief = server;
  desk = await openDesk({ 'foretype.backend': 'local' }, () => hostileWorkspace(server));
  await askInBody(desk, desk.local, 'export function some(): string {', { text: "return '';" });
  await desk.editor.waitForGhost((text) => text.includes('return'));
  const before = await quiet(desk, desk.local);
  expect(before).toBeGreaterThan(0);
  await desk.editor.open('.env', 2, 1);
  await desk.editor.type('PASSWORD=', 20);
  expect(await quiet(desk, desk.local)).toBe(before);
  expect(JSON.stringify(desk.local.requests)).not.toMatch(/PASSWORD|zx8c7v6b5n4m3a2s1d0f/);
});
