/** The function that VS Code gives every page, once. */
declare function acquireVsCodeApi(): { postMessage(message: unknown): void };

const api = acquireVsCodeApi();

/** Sends a message to the extension. */
export function tell<Message>(message: Message): void {
  api.postMessage(message);
}

/** Calls `receive` with each message of the extension that `parse` knows. */
export function listen<Message>(
  parse: (value: unknown) => Message | undefined,
  receive: (message: Message) => void,
): void {
  window.addEventListener('message', (event) => {
    const message = parse(event.data);
    if (message !== undefined) receive(message);
  });
}
