import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { launchBrowser, openEditor } from './editorDriver.ts';
import { launchEditor } from './editorLaunch.ts';
import { projectRoot } from './run.ts';

/** How long the whole suite may take, the start of the editor included. */
const limitMs = 240_000;

/** What the host suite printed, and whether it ended without a failure. */
export interface HostSuiteResult {
  readonly ok: boolean;
  readonly passed: number;
  readonly failed: number;
}

/** Bundles test/host into one CommonJS module, which both kinds of extension host can load, and answers its path. */
async function bundleSuite(): Promise<string> {
  const outfile = path.join(projectRoot, '.vscode-test/host/suite.cjs');
  await mkdir(path.dirname(outfile), { recursive: true });
  await build({
    entryPoints: [path.join(projectRoot, 'test/host/suite.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode'],
    logLevel: 'warning',
  });
  return outfile;
}

/** Runs the suite inside the extension host of the VS Code in the browser, on what is built in dist/. */
export async function runHostSuite(): Promise<HostSuiteResult> {
  const suite = await bundleSuite();
  const server = await launchEditor({ extension: { kind: 'folder', folder: projectRoot } });
  const browser = await launchBrowser();
  let output = '';
  let timer: NodeJS.Timeout | undefined;
  try {
    const exit = new Promise<number>((resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`The host suite did not end.\n${output}`)), limitMs);
      const onLog = (_type: string, args: readonly unknown[]) => {
        const line = args.join(' ');
        output += `${line}\n`;
        if (/^(\s*[✓✗] |host suite:)/u.test(line)) console.log(line);
      };
      openEditor(browser, server, { suite, onLog, onExit: resolve }).catch(reject);
    });
    const code = await exit;
    const [, passed = '0', failed = '0'] = /host suite: (\d+) passed, (\d+) failed/.exec(output) ?? [];
    return { ok: code === 0, passed: Number(passed), failed: Number(failed) };
  } finally {
    clearTimeout(timer);
    await browser.close();
    await server.close();
  }
}

/** Runs the same suite in a desktop VS Code, which @vscode/test-electron downloads. Throws if a test fails. */
export async function runHostSuiteOnDesktop(version: string): Promise<void> {
  const suite = await bundleSuite();
  await runTests({
    version,
    extensionDevelopmentPath: projectRoot,
    extensionTestsPath: suite,
    launchArgs: [path.join(projectRoot, 'test/samples/shop'), '--disable-extensions'],
  });
}
