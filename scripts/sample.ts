/** A place in the sample workspace where other files show how to go on, and what a person would type there. */
export const sample = {
  file: 'src/suppliers.ts',
  line: 10,
  column: 1,
  text: 'export function findSupplierById(id: string): Supplier {\nconst supplier = suppliersById.get(id);\nif (supplier === undefined) {\nthrow new NotFoundError(',
} as const;
