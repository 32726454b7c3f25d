/** What a panel's page is made of. Addresses are those that the webview may load. */
export interface PageParts {
  /** Fresh for every page. */
  readonly nonce: string;
  /** The webview's own origin, as VS Code gives it. */
  readonly cspSource: string;
  readonly script: string;
  readonly styles: readonly string[];
  readonly title: string;
  /** The editor's display language. */
  readonly language: string;
  /** Words for the page's script, by name. */
  readonly words: Readonly<Record<string, string>>;
}

/**
 * The HTML of a panel: nothing but its own script and styles can be loaded or run. The content comes by message and is
 * rendered by the script.
 */
export function pageOf(parts: PageParts): string {
  const { nonce, cspSource, script, styles, title, language, words } = parts;
  const policy = `default-src 'none'; base-uri 'none'; form-action 'none'; style-src ${cspSource}; script-src 'nonce-${nonce}'`;
  const links = styles.map((style) => `<link rel="stylesheet" href="${attribute(style)}">`).join('\n');
  return `<!DOCTYPE html>
<html lang="${attribute(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${attribute(title)}</title>
${links}
</head>
<body data-words="${attribute(JSON.stringify(words))}">
<script nonce="${attribute(nonce)}" src="${attribute(script)}"></script>
</body>
</html>`;
}

function attribute(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
