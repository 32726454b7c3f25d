/** An amount of money in cents, so that sums stay exact. */
export type Cents = number;

export interface Product {
  readonly id: string;
  readonly name: string;
  readonly category: string;
  readonly price: Cents;
  readonly weightInGrams: number;
}

export interface Customer {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly country: string;
}

export interface CartLine {
  readonly productId: string;
  readonly quantity: number;
}

export interface Order {
  readonly id: string;
  readonly customerId: string;
  readonly lines: readonly CartLine[];
  readonly total: Cents;
  readonly placedAt: Date;
  readonly status: 'open' | 'paid' | 'sent' | 'returned';
}

export interface Supplier {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly leadTimeInDays: number;
}
