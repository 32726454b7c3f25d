import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { editorCache, installInto } from './editorInstall.ts';
import { withProgress } from './progress.ts';
import { npm, onPath, run, runPackage } from './run.ts';

/** The release of @sparticuz/chromium that was tried: a Chromium for Linux inside an npm package. */
const packagedVersion = '153.0.0';

/**
 * A Chromium or Chrome to drive: the one that CHROME names, an installed one, one that playwright has downloaded; else it is installed,
 * from Debian's packages, from npm or by playwright, whichever this machine can do. Throws with advice if none works.
 */
export async function findChromium(): Promise<string> {
  const { CHROME: named } = process.env;
  if (named !== undefined && named !== '') {
    if (!existsSync(named)) throw new Error(`CHROME names ${named}, which does not exist.`);
    return named;
  }
  return installedChromium() ?? (await installChromium());
}

function installedChromium(): string | undefined {
  const found = onPath(
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'chrome',
    'msedge',
  );
  return found ?? [...usualPlaces(), chromium.executablePath()].find((file) => existsSync(file));
}

function usualPlaces(): readonly string[] {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  if (process.platform === 'win32') {
    const roots = ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData'].map(
      (name) => process.env[name] ?? '',
    );
    return roots.flatMap((root) => [
      path.join(root, 'Google/Chrome/Application/chrome.exe'),
      path.join(root, 'Chromium/Application/chrome.exe'),
      path.join(root, 'Microsoft/Edge/Application/msedge.exe'),
    ]);
  }
  return ['/opt/google/chrome/chrome', '/snap/bin/chromium'];
}

async function installChromium(): Promise<string> {
  const failures: string[] = [];
  for (const attempt of [fromDebian, fromNpm, fromPlaywright]) {
    try {
      const found = await attempt();
      if (found !== undefined) return found;
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new Error(
    [
      'No Chromium was found and none could be installed.',
      'Install Chromium or Google Chrome, or set CHROME to the path of one.',
      ...failures,
    ].join('\n'),
  );
}

/** Debian and its kin, as root. */
async function fromDebian(): Promise<string | undefined> {
  if (process.getuid?.() !== 0 || onPath('apt-get') === undefined) return undefined;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return withProgress('Install Chromium by apt-get', async () => {
    await run('apt-get', ['update'], { env, timeoutMs: 120_000 });
    const args = ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'];
    const { code, output } = await run('apt-get', args, { env, timeoutMs: 300_000 });
    const found = installedChromium();
    if (found === undefined) throw new Error(`apt-get ended with ${code}: ${output.slice(-400)}`);
    return found;
  });
}

/** A Chromium for Linux on x64 from the npm registry, for a machine without rights to install. */
async function fromNpm(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const home = path.join(editorCache(), `sparticuz-chromium-${packagedVersion}`);
  if (!existsSync(home)) {
    await withProgress('Download Chromium from npm (@sparticuz/chromium)', () =>
      installInto(home, async (folder) => {
        await npm(folder, ['install', `@sparticuz/chromium@${packagedVersion}`, '--ignore-scripts']);
      }),
    );
  }
  const entry = path.join(home, 'node_modules/@sparticuz/chromium/build/index.js');
  const packaged: unknown = await import(pathToFileURL(entry).href);
  const file = await executableOf(packaged);
  const { code, output } = await run(file, ['--version'], { timeoutMs: 20_000 });
  if (code !== 0) throw new Error(`The Chromium of @sparticuz/chromium does not start: ${output.trim()}`);
  return file;
}

/** `default.executablePath()` of the package, whose types are not installed here. */
async function executableOf(packaged: unknown): Promise<string> {
  if (typeof packaged === 'object' && packaged !== null && 'default' in packaged) {
    const inner = packaged.default;
    const isPackage = typeof inner === 'function' || (typeof inner === 'object' && inner !== null);
    if (isPackage && 'executablePath' in inner && typeof inner.executablePath === 'function') {
      return String(await inner.executablePath());
    }
  }
  throw new Error('@sparticuz/chromium has changed its shape.');
}

async function fromPlaywright(): Promise<string> {
  return withProgress('Download Chromium by playwright', async () => {
    const { code, output } = await runPackage('playwright-core/cli.js', ['install', 'chromium'], {
      timeoutMs: 300_000,
    });
    const file = chromium.executablePath();
    if (code !== 0 || !existsSync(file))
      throw new Error(`playwright install chromium: ${output.slice(-400)}`);
    return file;
  });
}
