import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installEditor } from './editorInstall.ts';
import { projectRoot, runOrThrow } from './run.ts';

/**
 * How the extension gets into the editor: packaged and installed as a user does, or from its folder, where a suite can run beside it.
 * With the latter, VS Code is in its own test mode, which shows no notifications.
 */
export type ExtensionFrom =
  | { readonly kind: 'vsix'; readonly file: string }
  | { readonly kind: 'folder'; readonly folder: string };

/** What to start. */
export interface LaunchOptions {
  readonly extension: ExtensionFrom;
  /** Copied into a temporary folder and opened; the sample workspace if not given. */
  readonly workspace?: string;
  /** The user's key bindings, as in keybindings.json. */
  readonly keybindings?: readonly object[];
  /** User settings beside `quietSettings`. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Extensions that come with VS Code and are left out, by the names of their folders. */
  readonly without?: readonly string[];
}

/** A running VS Code server. */
export interface EditorServer {
  /** Of the workbench, with the workspace opened. */
  readonly address: string;
  /** The temporary copy of the workspace. */
  readonly workspace: string;
  /** The user settings that it started with. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The workbench's address with things to open: see `WorkbenchOptions`. */
  addressOf(options: WorkbenchOptions): string;
  /** What the server has printed so far. */
  log(): string;
  /** Ends the server with all its processes and removes its folders. */
  close(): Promise<void>;
}

/** What the workbench opens with. */
export interface WorkbenchOptions {
  /** A path in the workspace, with the cursor's line and column (both from 1) if wanted: `src/cart.ts:12:3`. */
  readonly file?: string;
  /** The module of a test suite to run inside the extension host, absolute. */
  readonly suite?: string;
}

/** Settings that keep the editor from showing and asking things that have nothing to do with the test. */
export const quietSettings: Readonly<Record<string, unknown>> = {
  'chat.disableAIFeatures': true,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  'files.autoSave': 'off',
  'git.openRepositoryInParentFolders': 'never',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'remote.autoForwardPorts': false,
  'workbench.editor.useModal': 'off',
};

/** Starts a VS Code server on a free port with folders of its own, on a copy of the workspace, and waits until it answers. */
export async function launchEditor(options: LaunchOptions): Promise<EditorServer> {
  const vscode = await installEditor();
  const home = await mkdtemp(path.join(tmpdir(), 'foretype-editor-'));
  const source = options.workspace ?? path.join(projectRoot, 'test/samples/shop');
  const workspace = path.join(home, path.basename(source));
  await cp(source, workspace, { recursive: true });
  const userData = path.join(home, 'user');
  await mkdir(path.join(userData, 'User'), { recursive: true });
  const settings = { ...quietSettings, ...options.settings };
  await writeFile(path.join(userData, 'User/settings.json'), JSON.stringify(settings, null, 2));

  await writeFile(path.join(userData, 'User/keybindings.json'), JSON.stringify(options.keybindings ?? []));

  const main = path.join(vscode, 'out/server-main.js');
  const folders = [
    ...['--server-data-dir', path.join(home, 'server'), '--user-data-dir', userData],
    ...['--extensions-dir', path.join(home, 'extensions')],
  ];
  if (options.extension.kind === 'vsix') {
    const install = ['--accept-server-license-terms', '--install-extension', options.extension.file];
    await runOrThrow(process.execPath, [main, ...folders, ...install], { timeoutMs: 120_000 });
  }
  if (options.without) {
    const builtIn = path.join(home, 'builtin');
    await linkExtensions(path.join(vscode, 'extensions'), builtIn, options.without);
    folders.push('--builtin-extensions-dir', builtIn);
  }
  const server = await startServer(home, [
    ...[main, ...folders, '--host', '127.0.0.1', '--port', '0', '--without-connection-token'],
    ...['--accept-server-license-terms', '--disable-telemetry'],
    ...(options.extension.kind === 'folder' ? ['--enable-smoke-test-driver'] : []),
  ]);
  const origin = `127.0.0.1:${server.port}`;
  const addressOf = (opened: WorkbenchOptions): string => {
    const payload = payloadOf(origin, workspace, options.extension, opened);
    const query = new URLSearchParams({ folder: urlPath(workspace), payload: JSON.stringify(payload) });
    return `http://${origin}/?${query}`;
  };
  return {
    address: `http://${origin}/?${new URLSearchParams({ folder: urlPath(workspace) })}`,
    workspace,
    settings,
    addressOf,
    log: server.log,
    close: server.close,
  };
}

/** Fills a folder with links to the extensions that come with VS Code, but for some. */
async function linkExtensions(from: string, to: string, without: readonly string[]): Promise<void> {
  await mkdir(to);
  const names = (await readdir(from)).filter((name) => !without.includes(name));
  await Promise.all(names.map((name) => symlink(path.join(from, name), path.join(to, name), 'junction')));
}

/** The workbench's own form of what to open with: pairs in the address. */
function payloadOf(
  origin: string,
  workspace: string,
  extension: ExtensionFrom,
  opened: WorkbenchOptions,
): readonly (readonly [string, string])[] {
  const remote = (file: string) => `vscode-remote://${origin}${urlPath(file)}`;
  const pairs: [string, string][] = [['skipWelcome', 'true']];
  if (extension.kind === 'folder') pairs.push(['extensionDevelopmentPath', remote(extension.folder)]);
  if (opened.suite !== undefined) pairs.push(['extensionTestsPath', remote(opened.suite)]);
  if (opened.file !== undefined) {
    pairs.push(['openFile', remote(path.join(workspace, opened.file))]);
    if (/:\d+(:\d+)?$/.test(opened.file)) pairs.push(['gotoLineMode', 'true']);
  }
  return pairs;
}

/** An absolute path as the path of a URL: forward slashes, and one before a drive letter. */
function urlPath(file: string): string {
  const slashes = file.replaceAll('\\', '/');
  return slashes.startsWith('/') ? slashes : `/${slashes}`;
}

interface RunningServer {
  readonly port: number;
  readonly log: () => string;
  readonly close: () => Promise<void>;
}

/** Starts the server under a guard that ends it when this process is gone, for whatever reason. */
async function startServer(home: string, args: readonly string[]): Promise<RunningServer> {
  const guard = spawn(
    process.execPath,
    [path.join(projectRoot, 'test/support/editorGuard.ts'), home, process.execPath, ...args],
    { detached: true, stdio: ['pipe', 'pipe', 'pipe'] },
  );
  const exited = once(guard, 'exit');
  let log = '';
  const port = await new Promise<number>((resolve, reject) => {
    for (const stream of [guard.stdout, guard.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        log += text;
        const bound = /listening on (\d+)/.exec(log)?.[1];
        if (bound !== undefined) resolve(Number(bound));
      });
    }
    exited.then(() => reject(new Error(`The editor's server did not start.\n${log.slice(-2000)}`)), reject);
  });
  const close = async () => {
    guard.stdin.end();
    await exited;
  };
  return { port, log: () => log, close };
}
