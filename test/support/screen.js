/**
 * Runs inside the workbench's page, before it loads: what a person sees of the ghost text, and when.
 * `foretypeScreen.ghost()` is the ghost text now; `start()` and `stop()` record keys and every change of the ghost text,
 * looked at in each animation frame.
 */
(() => {
  const plain = (text) => (text ?? '').replaceAll('\u00a0', ' ').replaceAll('\u200b', '');
  const joined = (nodes) => Array.from(nodes, (node) => plain(node.textContent)).join('');

  /** The ghost text of the page's editors: the rest of the caret's line, then the lines below it. */
  function ghost() {
    const first = joined(
      document.querySelectorAll(
        '.view-lines .ghost-text-decoration, .view-lines .ghost-text-decoration-preview',
      ),
    );
    const further = Array.from(
      document.querySelectorAll('.view-zones .suggest-preview-text .view-line'),
      (line) => joined(line.querySelectorAll('.ghost-text')),
    );
    return [first, ...further].join('\n');
  }

  const visible = (element) => element.getClientRects().length > 0;
  const all = (selector) => Array.from(document.querySelectorAll(selector)).filter(visible);

  /** The entries of the status bar, as seen and as read out. */
  function status() {
    return all('.statusbar-item').map((item) => {
      const label = item.querySelector('[aria-label]')?.getAttribute('aria-label');
      return plain(`${item.textContent} ${label ?? ''}`).trim();
    });
  }

  /** The notifications that stand in the corner. */
  function notifications() {
    return all('.notification-toast .notification-list-item').map((item) => ({
      text: plain(item.querySelector('.notification-list-item-message')?.textContent),
      buttons: Array.from(
        item.querySelectorAll('.notification-list-item-buttons-container .monaco-button'),
        (button) => plain(button.textContent),
      ),
    }));
  }

  /** `line:column` of the cursor. */
  function cursor() {
    const text = document.getElementById('status.editor.selection')?.textContent ?? '';
    return (text.match(/\d+/g) ?? []).slice(0, 2).join(':');
  }

  /** What stands in the quick input; nothing if none is open. */
  function asked() {
    return all('.quick-input-widget .quick-input-box input')[0]?.value;
  }

  /** Names and times as "Developer: Show Running Extensions" lists them. */
  function runningExtensions() {
    return all('.runtime-extensions-editor .monaco-list-row').map((row) => [
      plain(row.querySelector('.name')?.textContent),
      plain(row.querySelector('.activation-time')?.textContent),
    ]);
  }

  let recording;

  function frame() {
    if (recording === undefined) return;
    recording.frames += 1;
    const text = ghost();
    if (text !== recording.last) {
      recording.last = text;
      recording.events.push({ kind: 'ghost', time: performance.now(), text });
    }
    requestAnimationFrame(frame);
  }

  function start() {
    recording = { frames: 0, last: ghost(), events: [] };
    recording.events.push({ kind: 'ghost', time: performance.now(), text: recording.last });
    requestAnimationFrame(frame);
  }

  function stop() {
    const { frames, events } = recording;
    recording = undefined;
    return { frames, events };
  }

  addEventListener(
    'keydown',
    (event) => recording?.events.push({ kind: 'key', time: performance.now(), text: event.key }),
    { capture: true },
  );

  globalThis.foretypeScreen = { ghost, status, notifications, cursor, asked, runningExtensions, start, stop };
})();
