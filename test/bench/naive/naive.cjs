/**
 * The client that most people would write first, as a baseline for the replay: it waits 300 ms after each key, asks for the whole answer
 * without streaming, cancels on the next key, and keeps answers for exactly the same text.
 */
const vscode = require('vscode');

const pauseMs = 300;
const mostTokens = 256;

const instructions =
  'Complete the code at the mark <caret>. Answer with the text that belongs there and nothing else.';

/** The answer to one place, without the fence that chat models like to put around it. */
async function ask(prefix, suffix, signal) {
  const endpoint = vscode.workspace.getConfiguration('naive').get('endpoint');
  const response = await fetch(`${endpoint}/chat/completions`, {
    method: 'POST',
    signal,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      model: 'gpt-4o-mini',
      max_tokens: mostTokens,
      messages: [
        { role: 'system', content: instructions },
        { role: 'user', content: `${prefix.slice(-4000)}<caret>${suffix.slice(0, 1000)}` },
      ],
    }),
  });
  const { choices } = await response.json();
  return choices[0].message.content.replace(/^```\w*\n/, '').replace(/\n```\s*$/, '');
}

exports.activate = (context) => {
  const answers = new Map();
  const status = vscode.window.createStatusBarItem();
  status.text = 'Naive';
  status.show();
  const provider = {
    async provideInlineCompletionItems(document, position, _context, token) {
      const caret = document.offsetAt(position);
      const text = document.getText();
      const [prefix, suffix] = [text.slice(0, caret), text.slice(caret)];
      const key = `${prefix}\0${suffix}`;
      if (!answers.has(key)) {
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
        if (token.isCancellationRequested) return [];
        const controller = new AbortController();
        token.onCancellationRequested(() => controller.abort());
        const answer = await ask(prefix, suffix, controller.signal).catch(() => undefined);
        if (answer === undefined) return [];
        answers.set(key, answer);
      }
      const range = new vscode.Range(position, position);
      return [new vscode.InlineCompletionItem(answers.get(key), range)];
    },
  };
  context.subscriptions.push(
    status,
    vscode.languages.registerInlineCompletionItemProvider({ pattern: '**' }, provider),
  );
};
