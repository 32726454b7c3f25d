import { findProductById } from './catalog';
import type { CartLine, Cents } from './types';

export class Cart {
  private lines: CartLine[] = [];

  add(productId: string, quantity = 1): void {
    const existing = this.lines.find((line) => line.productId === productId);
    if (existing === undefined) {
      this.lines.push({ productId, quantity });
      return;
    }
    this.replace(productId, existing.quantity + quantity);
  }

  remove(productId: string): void {
    this.lines = this.lines.filter((line) => line.productId !== productId);
  }

  replace(productId: string, quantity: number): void {
    this.lines = this.lines.map((line) => (line.productId === productId ? { ...line, quantity } : line));
  }

  contents(): readonly CartLine[] {
    return this.lines;
  }

  total(): Cents {
    return this.lines.reduce((sum, line) => sum + findProductById(line.productId).price * line.quantity, 0);
  }

  weightInGrams(): number {
    return this.lines.reduce((sum, line) => sum + findProductById(line.productId).weightInGrams * line.quantity, 0);
  }

  isEmpty(): boolean {
    return this.lines.length === 0;
  }
}
