import type { Cents } from './types';

/** Value-added tax in percent, by country. */
const taxByCountry: Readonly<Record<string, number>> = {
  AT: 20,
  BE: 21,
  DE: 19,
  FR: 20,
  NL: 21,
};

/** Shipping up to a weight in grams, by country. */
const shippingByCountry: Readonly<Record<string, readonly { upTo: number; price: Cents }[]>> = {
  AT: [
    { upTo: 1000, price: 490 },
    { upTo: 5000, price: 790 },
    { upTo: 20000, price: 1290 },
  ],
  DE: [
    { upTo: 1000, price: 390 },
    { upTo: 5000, price: 590 },
    { upTo: 20000, price: 990 },
  ],
};

export function withTax(amount: Cents, country: string): Cents {
  const rate = taxByCountry[country] ?? 0;
  return Math.round(amount * (1 + rate / 100));
}

export function withoutTax(amount: Cents, country: string): Cents {
  const rate = taxByCountry[country] ?? 0;
  return Math.round(amount / (1 + rate / 100));
}

export function shippingFor(weightInGrams: number, country: string): Cents {
  const steps = shippingByCountry[country] ?? [];
  const step = steps.find((candidate) => weightInGrams <= candidate.upTo);
  if (step === undefined) {
    throw new RangeError(`Nothing of ${weightInGrams} g is sent to ${country}.`);
  }
  return step.price;
}

export function formatCents(amount: Cents): string {
  return `${(amount / 100).toFixed(2)} €`;
}
