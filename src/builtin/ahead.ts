/** Begins with the next items while the caller is busy with one; gives the results in order. `most` are under way at once. */
export async function* ahead<Item, Result>(
  items: AsyncIterable<Item>,
  begin: (item: Item) => Promise<Result>,
  most: number,
): AsyncGenerator<Result, void> {
  const begun: Promise<Result>[] = [];
  for await (const item of items) {
    begun.push(begin(item));
    const first = begun.length < most ? undefined : begun.shift();
    if (first) yield await first;
  }
  for (const rest of begun) yield await rest;
}
