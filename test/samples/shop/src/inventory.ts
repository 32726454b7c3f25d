import { findProductById } from './catalog';
import { OutOfStockError } from './errors';
import type { CartLine, Product } from './types';

interface Shelf {
  readonly productId: string;
  available: number;
  reserved: number;
}

const shelves = new Map<string, Shelf>();

function shelfOf(productId: string): Shelf {
  const shelf = shelves.get(productId);
  if (shelf !== undefined) {
    return shelf;
  }
  const empty: Shelf = { productId, available: 0, reserved: 0 };
  shelves.set(productId, empty);
  return empty;
}

export function receive(productId: string, quantity: number): void {
  const shelf = shelfOf(productId);
  shelf.available += quantity;
}

export function reserve(productId: string, quantity: number): void {
  const shelf = shelfOf(productId);
  if (shelf.available < quantity) {
    throw new OutOfStockError(productId, quantity, shelf.available);
  }
  shelf.available -= quantity;
  shelf.reserved += quantity;
}

export function release(productId: string, quantity: number): void {
  const shelf = shelfOf(productId);
  shelf.reserved -= quantity;
  shelf.available += quantity;
}

export function ship(productId: string, quantity: number): void {
  const shelf = shelfOf(productId);
  shelf.reserved -= quantity;
}

export function reserveAll(lines: readonly CartLine[]): void {
  for (const line of lines) {
    reserve(line.productId, line.quantity);
  }
}

export function releaseAll(lines: readonly CartLine[]): void {
  for (const line of lines) {
    release(line.productId, line.quantity);
  }
}

export function shipAll(lines: readonly CartLine[]): void {
  for (const line of lines) {
    ship(line.productId, line.quantity);
  }
}

export function productsBelow(limit: number): readonly Product[] {
  return [...shelves.values()]
    .filter((shelf) => shelf.available < limit)
    .map((shelf) => findProductById(shelf.productId));
}
