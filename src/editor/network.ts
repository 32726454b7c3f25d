/** Hears of every exchange when it is over: the host, and the bytes of both bodies. */
export type Exchange = (host: string, sentBytes: number, receivedBytes: number) => void;

/** The extension host's fetch, which knows proxies and certificates, with every exchange entered in the privacy ledger. */
export function countedFetch(exchange: Exchange): typeof globalThis.fetch {
  return async (input, init) => {
    const { host } = new URL(input instanceof Request ? input.url : input);
    const sent = typeof init?.body === 'string' ? Buffer.byteLength(init.body) : 0;
    // Looked up at each call: VS Code replaces it after extensions have been loaded.
    const response = await globalThis.fetch(input, init);
    if (!response.body) {
      exchange(host, sent, 0);
      return response;
    }
    let received = 0;
    const counter = new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, controller) => {
        received += chunk.byteLength;
        controller.enqueue(chunk);
      },
      flush: () => exchange(host, sent, received),
      // The stream was hung up.
      cancel: () => exchange(host, sent, received),
    });
    return new Response(response.body.pipeThrough(counter), response);
  };
}
