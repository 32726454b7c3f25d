import { NotFoundError } from './errors';
import type { Supplier } from './types';

const suppliersById = new Map<string, Supplier>();

export function addSupplier(supplier: Supplier): void {
  suppliersById.set(supplier.id, supplier);
}

