import { randomUUID } from 'node:crypto';
import type { Cart } from './cart';
import { addOrder, findCustomerById, findOrderById } from './catalog';
import { releaseAll, reserveAll, shipAll } from './inventory';
import { shippingFor, withTax } from './pricing';
import type { Order } from './types';

export function placeOrder(customerId: string, cart: Cart): Order {
  const customer = findCustomerById(customerId);
  reserveAll(cart.contents());
  const order: Order = {
    id: randomUUID(),
    customerId: customer.id,
    lines: cart.contents(),
    total: withTax(cart.total(), customer.country) + shippingFor(cart.weightInGrams(), customer.country),
    placedAt: new Date(),
    status: 'open',
  };
  addOrder(order);
  return order;
}

export function payOrder(id: string): Order {
  const order = findOrderById(id);
  if (order.status !== 'open') {
    throw new Error(`Order ${id} cannot be paid: it is ${order.status}.`);
  }
  const paid: Order = { ...order, status: 'paid' };
  addOrder(paid);
  return paid;
}

export function sendOrder(id: string): Order {
  const order = findOrderById(id);
  if (order.status !== 'paid') {
    throw new Error(`Order ${id} cannot be sent: it is ${order.status}.`);
  }
  shipAll(order.lines);
  const sent: Order = { ...order, status: 'sent' };
  addOrder(sent);
  return sent;
}

export function returnOrder(id: string): Order {
  const order = findOrderById(id);
  if (order.status !== 'sent') {
    throw new Error(`Order ${id} cannot be returned: it is ${order.status}.`);
  }
  const returned: Order = { ...order, status: 'returned' };
  addOrder(returned);
  return returned;
}

export function cancelOrder(id: string): void {
  const order = findOrderById(id);
  releaseAll(order.lines);
}
