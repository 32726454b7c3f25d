import { mkdir, mkdtemp, readdir, readFile, realpath, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Workspace } from '../../src/core/ports.ts';
import { createRealPath } from '../../src/editor/realPaths.ts';
import { createPolicy } from '../../src/privacy/policy.ts';
import { gathered } from '../unit/context/support.ts';

const never = new AbortController().signal;
const plan = "export function launchPlan(day: number): string {\n  return 'the plan';\n}\n";

/** What a stranger's repository says of where its modules lie. `HOME` stands for the folder above it. */
const attacks: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'paths that climb out': { 'tsconfig.json': '{"compilerOptions":{"paths":{"plan":["../other/plan.ts"]}}}' },
  'paths that are absolute': {
    'tsconfig.json': '{"compilerOptions":{"paths":{"plan":["HOME/other/plan.ts"]}}}',
  },
  'a base that climbs out': { 'tsconfig.json': '{"compilerOptions":{"baseUrl":"../other"}}' },
  'a star that climbs out': { 'tsconfig.json': '{"compilerOptions":{"paths":{"*":["../other/*"]}}}' },
  'a parent configuration outside': { 'tsconfig.json': '{"extends":"../other/base.json"}' },
  'imports of a package that climb out': {
    'package.json': '{"name":"app","imports":{"plan":"../other/plan.ts"}}',
  },
};

async function scene(files: Readonly<Record<string, string>>, wanted: string) {
  const home = await realpath(await mkdtemp(path.join(os.tmpdir(), 'foretype-modules-')));
  const root = path.join(home, 'repository');
  await mkdir(path.join(home, 'other'), { recursive: true });
  await mkdir(path.join(root, 'src'), { recursive: true });
  await writeFile(path.join(home, 'other/plan.ts'), plan);
  await writeFile(path.join(home, 'other/base.json'), '{"compilerOptions":{"paths":{"plan":["./plan.ts"]}}}');
  const app = `import { launchPlan } from '${wanted}';\n\nexport const today = launchPlan(█);\n`;
  for (const [name, text] of Object.entries({ ...files, 'src/app.ts': app }))
    await writeFile(path.join(root, name), text.replaceAll('HOME', home));
  return { root, app };
}

/** The files of a folder on disk, without any guard of the editor's: `may` alone decides. */
function workspaceAt(root: string, may: (file: string) => Promise<boolean>): Workspace {
  return {
    open: () => [],
    read: async (file) => {
      if (!(await may(file))) return undefined;
      const text = await readFile(path.resolve(root, file), 'utf8').catch(() => undefined);
      return text === undefined
        ? undefined
        : { uri: `file://${root}/${file}`, path: file, languageId: 'typescript', version: 1, text };
    },
    list: async (folder) => {
      const entries = await readdir(path.resolve(root, folder), { withFileTypes: true }).catch(() => []);
      return entries.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name));
    },
  };
}

/** A client that follows the compiler's rules and nothing else. */
async function careless(root: string): Promise<string> {
  const read = async (file: string) => JSON.parse(await readFile(file, 'utf8').catch(() => '{}'));
  let folder = root;
  let config = await read(path.join(root, 'tsconfig.json'));
  if (typeof config.extends === 'string') {
    const parent = path.resolve(root, config.extends);
    folder = path.dirname(parent);
    config = await read(parent);
  }
  const { paths = {}, baseUrl = '.' } = config.compilerOptions ?? {};
  const { imports = {} } = await read(path.join(root, 'package.json'));
  const target = (paths.plan ?? paths['*'] ?? [imports.plan ?? 'plan'])[0].replace('*', 'plan');
  const file = path.resolve(folder, baseUrl, target);
  return readFile(file.endsWith('.ts') ? file : `${file}.ts`, 'utf8');
}

test.each(Object.entries(attacks))(
  '%s: a careless client reads another project, and Foretype does not',
  async (_, files) => {
    const { root, app } = await scene(files, 'plan');
    expect(await careless(root)).toBe(plan);
    const policy = createPolicy({
      read: (file) => readFile(path.join(root, file), 'utf8').catch(() => undefined),
      realPath: createRealPath(() => [{ prefix: '', folder: root }]),
      openedByUser: () => false,
      log: { info: () => {}, warn: () => {}, error: () => {} },
    });
    const may = async (file: string) => (await policy.ask(file, [], never)) === undefined;
    const { sent } = await gathered({ 'src/app.ts': app }, 'src/app.ts', {
      workspace: workspaceAt(root, may),
    });
    expect(sent).not.toContain('the plan');
    expect(sent).not.toContain('launchPlan(day');
  },
);

test('the same import brings the module of the workspace itself', async () => {
  const { root, app } = await scene(
    { 'tsconfig.json': '{"compilerOptions":{"paths":{"plan":["./src/plan.ts"]}}}', 'src/plan.ts': plan },
    'plan',
  );
  const { sent } = await gathered({ 'src/app.ts': app }, 'src/app.ts', {
    workspace: workspaceAt(root, async () => true),
  });
  expect(sent).toContain('launchPlan(day');
});
