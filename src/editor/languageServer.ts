import * as vscode from 'vscode';
import type { ContextSource } from '../core/ports.ts';
import type { Snippet } from '../core/prompt.ts';
import type { Site } from '../core/site.ts';
import { lineEndAt, lineStartAt } from '../core/snapshot.ts';
import { offsetIn, pathOf } from './convert.ts';

/** Names looked up for one key at most, so that a language server is not kept from its work. */
const mostLookups = 3;

/** Names whose definitions are remembered. */
const mostRemembered = 300;

/** Lines of a definition that are shown: its head. */
const definitionLines = 3;

/** How likely the next tokens need what a language server says: surely related, but found at the caret rather than ahead of it. */
const definitionWeight = 0.5;
const problemWeight = 0.6;

/** What the language server and other extensions know about the caret's line; what is not known yet is asked for, and there at a later key. */
export function languageServerSources(): readonly ContextSource[] {
  const known = new Map<string, Snippet | undefined>();
  const asking = new Set<string>();

  async function lookUp(key: string, uri: vscode.Uri, position: vscode.Position): Promise<void> {
    asking.add(key);
    try {
      const found = await vscode.commands.executeCommand<readonly (vscode.Location | vscode.LocationLink)[]>(
        'vscode.executeDefinitionProvider',
        uri,
        position,
      );
      const snippet = found?.[0] && (await headOf(found[0], uri));
      if (known.size >= mostRemembered) known.clear();
      known.set(key, snippet);
    } finally {
      asking.delete(key);
    }
  }

  return [
    {
      name: 'language server',
      gather: async ({ snapshot }) => {
        const document = documentOf(snapshot.uri);
        if (!document) return [];
        const snippets: Snippet[] = [];
        for (const { name, offset } of namesOnLine(snapshot.text, snapshot.caret)) {
          const key = `${snapshot.uri} ${name}`;
          if (known.has(key)) snippets.push(...[known.get(key) ?? []].flat());
          else if (!asking.has(key) && asking.size < mostLookups) {
            // Nobody waits: what it finds serves the next key. A provider's failure is its own extension's to report.
            const position = document.positionAt(offsetIn(document, offset));
            lookUp(key, document.uri, position).catch(() => known.set(key, undefined));
          }
        }
        return snippets;
      },
    },
    {
      name: 'diagnostics',
      gather: async (site) => problemsOn(site),
    },
  ];
}

function problemsOn({ snapshot }: Site): readonly Snippet[] {
  const document = documentOf(snapshot.uri);
  if (!document) return [];
  const { line } = document.positionAt(offsetIn(document, snapshot.caret));
  const messages = vscode.languages
    .getDiagnostics(document.uri)
    .filter(
      ({ range, severity }) => range.start.line === line && severity === vscode.DiagnosticSeverity.Error,
    )
    .map(({ message }) => message.split('\n')[0] ?? '');
  if (messages.length === 0) return [];
  return [{ source: 'diagnostics', path: snapshot.path, text: messages.join('\n'), weight: problemWeight }];
}

/** The head of a definition in another file. */
async function headOf(
  found: vscode.Location | vscode.LocationLink,
  from: vscode.Uri,
): Promise<Snippet | undefined> {
  const uri = 'uri' in found ? found.uri : found.targetUri;
  const range = 'uri' in found ? found.range : found.targetRange;
  if (uri.toString() === from.toString() || !vscode.workspace.getWorkspaceFolder(uri)) return undefined;
  const lines = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)).split(/\r?\n/);
  const text = lines
    .slice(range.start.line, range.start.line + definitionLines)
    .join('\n')
    .trimEnd();
  return { source: 'language server', path: pathOf(uri), text, weight: definitionWeight };
}

function namesOnLine(
  text: string,
  caret: number,
): readonly { readonly name: string; readonly offset: number }[] {
  const start = lineStartAt(text, caret);
  const line = text.slice(start, lineEndAt(text, caret));
  return [...line.matchAll(/[\p{L}_$][\p{L}\p{N}_$]{2,}/gu)].map(({ 0: name, index }) => ({
    name,
    offset: start + index,
  }));
}

function documentOf(uri: string): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri);
}
