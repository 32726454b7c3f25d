import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder, absolute. */
export const projectRoot = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** What a finished program left behind. */
export interface Ran {
  readonly code: number;
  /** Standard output and standard error, in the order in which they came. */
  readonly output: string;
}

/** How to run a program. */
export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Passes the output on to this process's own as it comes, besides keeping it. */
  readonly echo?: boolean;
  /** Ends the program after so many milliseconds. */
  readonly timeoutMs?: number;
}

/** Runs a program to its end. Throws only if it cannot be started; a failure is in `code`. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? projectRoot,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: options.timeoutMs,
      killSignal: 'SIGKILL',
      // A `.cmd` file is a script for the shell.
      shell: process.platform === 'win32' && command.endsWith('.cmd'),
    });
    let output = '';
    for (const [stream, own] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ] as const) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (options.echo === true) own.write(text);
      });
    }
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** As `run`, but a failure is thrown, with the last lines of the output. */
export async function runOrThrow(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const { code, output } = await run(command, args, options);
  if (code === 0) return output;
  const tail = output.trimEnd().split('\n').slice(-12).join('\n');
  throw new Error(`${path.basename(command)} ${args.join(' ')} ended with ${code}\n${tail}`);
}

/** Runs a program of a package in node_modules with this process's Node. `file` is its script's path in node_modules. */
export function runPackage(file: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  return run(process.execPath, [path.join(projectRoot, 'node_modules', file), ...args], options);
}

/** Runs npm in a folder of its own, with the registry's settings but nothing else of the npm that may have started us. */
export function npm(folder: string, args: readonly string[]): Promise<string> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => {
      const inherited = /^npm_(config_(local_prefix|prefix|global|workspace|dry_run)|package_|lifecycle_)/i;
      return !inherited.test(name);
    }),
  );
  const full = [...args, '--prefix', folder, '--no-audit', '--no-fund', '--loglevel=error'];
  const { npm_execpath: npmScript } = process.env;
  const options = { cwd: folder, env, timeoutMs: 600_000 };
  if (npmScript?.endsWith('.js') && existsSync(npmScript)) {
    return runOrThrow(process.execPath, [npmScript, ...full], options);
  }
  return runOrThrow(process.platform === 'win32' ? 'npm.cmd' : 'npm', full, options);
}

/** Looks a program up on PATH. */
export function onPath(...names: readonly string[]): string | undefined {
  const { PATH } = process.env;
  const folders = (PATH ?? '').split(path.delimiter);
  const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  return names
    .flatMap((name) => folders.flatMap((folder) => endings.map((ending) => path.join(folder, name + ending))))
    .find((file) => existsSync(file));
}
