import { findProductById, listOrders, listProducts } from './catalog';
import { productsBelow } from './inventory';
import { formatCents } from './pricing';
import type { Cents } from './types';

export function revenueByCategory(): ReadonlyMap<string, Cents> {
  const revenue = new Map<string, Cents>();
  for (const order of listOrders()) {
    for (const line of order.lines) {
      const product = findProductById(line.productId);
      const sofar = revenue.get(product.category) ?? 0;
      revenue.set(product.category, sofar + product.price * line.quantity);
    }
  }
  return revenue;
}

export function unitsByCategory(): ReadonlyMap<string, number> {
  const units = new Map<string, number>();
  for (const order of listOrders()) {
    for (const line of order.lines) {
      const product = findProductById(line.productId);
      const sofar = units.get(product.category) ?? 0;
      units.set(product.category, sofar + line.quantity);
    }
  }
  return units;
}

export function printRevenue(): void {
  for (const [category, amount] of revenueByCategory()) {
    console.log(`${category.padEnd(20)} ${formatCents(amount)}`);
  }
}

export function printUnits(): void {
  for (const [category, count] of unitsByCategory()) {
    console.log(`${category.padEnd(20)} ${count}`);
  }
}

export function printShortages(limit: number): void {
  for (const product of productsBelow(limit)) {
    console.log(`${product.name.padEnd(20)} ${product.id}`);
  }
}

export function printPrices(): void {
  for (const product of listProducts()) {
    console.log(`${product.name.padEnd(20)} ${formatCents(product.price)}`);
  }
}
