import { spawn } from 'node:child_process';
import { installEditor } from '../test/support/editorInstall.ts';
import { type EditorServer, launchEditor } from '../test/support/editorLaunch.ts';
import { withProgress } from '../test/support/progress.ts';
import { packagedExtension } from './packaging.ts';
import { sample } from './sample.ts';
import { thingsToTry } from './tries.ts';

/** A VS Code server with the packaged extension, on a copy of the sample workspace. */
export async function startEditor(): Promise<EditorServer> {
  await installEditor();
  const file = await packagedExtension();
  return withProgress('Start VS Code with Foretype installed', () =>
    launchEditor({ extension: { kind: 'vsix', file } }),
  );
}

/** Opens the editor in the browser, if there is a display, and serves it until told to stop. */
export async function startInBrowser(stop: Promise<void>): Promise<void> {
  const server = await startEditor();
  try {
    const { file, line, column } = sample;
    const address = server.addressOf({ file: `${file}:${line}:${column}` });
    console.log(`\nVS Code with Foretype:\n  ${address}\n\n${thingsToTry}\nCtrl+C ends it.`);
    openBrowser(address);
    await stop;
  } finally {
    await withProgress('End VS Code', () => server.close());
  }
}

/** Opens an address in the person's browser, where there is a screen to see it on. */
function openBrowser(address: string): void {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  const opener = { darwin: ['open'], win32: ['cmd', '/c', 'start', '""'], linux: ['xdg-open'] }[
    String(process.platform)
  ];
  const hasScreen = process.platform !== 'linux' || DISPLAY !== undefined || WAYLAND_DISPLAY !== undefined;
  const [program, ...args] = opener ?? [];
  if (program === undefined || !hasScreen) return;
  const quoted = process.platform === 'win32' ? address.replaceAll('&', '^&') : address;
  // Without a browser the address above is still there to be opened by hand.
  spawn(program, [...args, quoted], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}
