/** A place in the sample workspace where other files show how to go on, and what to type there, piece by piece. */
export const defaultSample = {
  file: 'src/suppliers.ts',
  line: 10,
  column: 1,
  typed: [
    'export function findSupplierById(id: string): ',
    'Supplier {\n',
    'const supplier = ',
    'suppliersById.get(id);\n',
    'if (supplier === ',
    'undefined) {\n',
    'throw new ',
  ],
} as const;
