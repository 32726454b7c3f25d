/** A test that runs inside the extension host. */
export interface HostTest {
  /** A sentence. */
  readonly name: string;
  /** Throws if the sentence is not true. */
  readonly body: () => Promise<void>;
}

/** Runs tests one after the other and prints a line for each; the last line starts with `host suite:`. Throws if any failed. */
export async function runHostTests(tests: readonly HostTest[]): Promise<void> {
  let failed = 0;
  for (const { name, body } of tests) {
    try {
      await within(60_000, body());
      console.log(`  ✓ ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`  ✗ ${name}\n${error instanceof Error ? error.stack : String(error)}`);
    }
  }
  const summary = `host suite: ${tests.length - failed} passed, ${failed} failed`;
  console.log(summary);
  if (failed > 0) throw new Error(summary);
}

/** Rejects if the promise has not settled after so many milliseconds, so that one hanging test does not hide the others. */
async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
