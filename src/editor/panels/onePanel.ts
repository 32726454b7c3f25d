import * as vscode from 'vscode';
import { fillWebview, panelRoots } from './webviewPage.ts';

/** What a panel is and does. */
export interface PanelParts<From> {
  readonly extensionUri: vscode.Uri;
  /** Names the panel to VS Code, its script and its style sheet: `explain`. */
  readonly name: string;
  readonly title: string;
  readonly icon: string;
  readonly column: vscode.ViewColumn;
  /** Whether the keyboard stays where it is when the panel opens. */
  readonly keepFocus: boolean;
  /** Style sheets beside its own, paths from the extension's folder. */
  readonly styles: readonly string[];
  readonly words: Readonly<Record<string, string>>;
  /** The page's message, or undefined if it is none that the page can have sent. */
  parse(value: unknown): From | undefined;
  receive(message: From): void;
  closed(): void;
}

/** A panel of which there is one at a time. */
export interface OnePanel<To> extends vscode.Disposable {
  /** Opens it, or shows it if it is open. True if it was opened. */
  open(): boolean;
  /** Nothing happens if it is not open. */
  post(message: To): void;
  isVisible(): boolean;
}

/** Makes the owner of a panel; the panel itself opens when it is asked for. */
export function createOnePanel<To, From>(parts: PanelParts<From>): OnePanel<To> {
  const { extensionUri, name, column, keepFocus } = parts;
  let panel: vscode.WebviewPanel | undefined;

  function create(): vscode.WebviewPanel {
    const created = vscode.window.createWebviewPanel(
      `foretype.${name}`,
      parts.title,
      { viewColumn: column, preserveFocus: keepFocus },
      {
        enableScripts: true,
        // Scrolled and read half-way, it should be there as it was left.
        retainContextWhenHidden: true,
        localResourceRoots: panelRoots(extensionUri),
      },
    );
    created.iconPath = new vscode.ThemeIcon(parts.icon);
    created.onDidDispose(() => {
      panel = undefined;
      parts.closed();
    });
    created.webview.onDidReceiveMessage((value: unknown) => {
      const message = parts.parse(value);
      if (message !== undefined) parts.receive(message);
    });
    const styles = [...parts.styles, 'media/panel.css', `media/${name}.css`];
    fillWebview(created.webview, extensionUri, name, styles, parts.words);
    return created;
  }

  return {
    open: () => {
      if (panel === undefined) {
        panel = create();
        return true;
      }
      panel.reveal(undefined, keepFocus);
      return false;
    },
    post: (message) => void panel?.webview.postMessage(message),
    isVisible: () => panel?.visible === true,
    dispose: () => panel?.dispose(),
  };
}
