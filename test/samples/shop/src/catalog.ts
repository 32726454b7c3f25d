import { NotFoundError } from './errors';
import type { Customer, Order, Product } from './types';

const productsById = new Map<string, Product>();
const customersById = new Map<string, Customer>();
const ordersById = new Map<string, Order>();

export function addProduct(product: Product): void {
  productsById.set(product.id, product);
}

export function addCustomer(customer: Customer): void {
  customersById.set(customer.id, customer);
}

export function addOrder(order: Order): void {
  ordersById.set(order.id, order);
}

export function findProductById(id: string): Product {
  const product = productsById.get(id);
  if (product === undefined) {
    throw new NotFoundError('product', id);
  }
  return product;
}

export function findCustomerById(id: string): Customer {
  const customer = customersById.get(id);
  if (customer === undefined) {
    throw new NotFoundError('customer', id);
  }
  return customer;
}

export function findOrderById(id: string): Order {
  const order = ordersById.get(id);
  if (order === undefined) {
    throw new NotFoundError('order', id);
  }
  return order;
}

export function listProducts(): readonly Product[] {
  return [...productsById.values()];
}

export function listCustomers(): readonly Customer[] {
  return [...customersById.values()];
}

export function listOrders(): readonly Order[] {
  return [...ordersById.values()];
}

export function removeProduct(id: string): void {
  const product = findProductById(id);
  productsById.delete(product.id);
}

export function removeCustomer(id: string): void {
  const customer = findCustomerById(id);
  customersById.delete(customer.id);
}

export function removeOrder(id: string): void {
  const order = findOrderById(id);
  ordersById.delete(order.id);
}
