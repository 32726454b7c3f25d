/** Runs a long step and says on standard error that it began, that it still runs (every ten seconds) and how long it took. */
export async function withProgress<T>(label: string, step: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const seconds = () => Math.round((performance.now() - start) / 1000);
  console.error(`· ${label} …`);
  const heartbeat = setInterval(() => console.error(`· ${label} … ${seconds()} s`), 10_000);
  try {
    const result = await step();
    console.error(`✓ ${label} (${seconds()} s)`);
    return result;
  } catch (error) {
    console.error(`✗ ${label} (${seconds()} s)`);
    throw error;
  } finally {
    clearInterval(heartbeat);
  }
}
