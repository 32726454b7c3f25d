/** Something that was asked for does not exist. */
export class NotFoundError extends Error {
  constructor(kind: string, id: string) {
    super(`There is no ${kind} with the id ${id}.`);
    this.name = 'NotFoundError';
  }
}

/** More was asked for than is on the shelf. */
export class OutOfStockError extends Error {
  constructor(productId: string, wanted: number, available: number) {
    super(`Only ${available} of ${productId} are left, ${wanted} were asked for.`);
    this.name = 'OutOfStockError';
  }
}
