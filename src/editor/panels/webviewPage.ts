import * as vscode from 'vscode';
import { pageOf } from './page.ts';

/** The two folders that a panel may load files from. */
export function panelRoots(extensionUri: vscode.Uri): readonly vscode.Uri[] {
  return [vscode.Uri.joinPath(extensionUri, 'dist', 'webview'), vscode.Uri.joinPath(extensionUri, 'media')];
}

/** Fills a webview with the page of a panel: `dist/webview/<name>.js` and the given style sheets, paths from the extension's folder. */
export function fillWebview(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  name: string,
  styles: readonly string[],
  words: Readonly<Record<string, string>>,
): void {
  const file = (path: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, path)).toString();
  webview.html = pageOf({
    nonce: crypto.randomUUID(),
    cspSource: webview.cspSource,
    script: file(`dist/webview/${name}.js`),
    styles: styles.map(file),
    title: words['title'] ?? '',
    language: vscode.env.language,
    words,
  });
}
