declare const passed: unique symbol;

/**
 * What may leave the machine. Only the privacy part makes it, after its policy has judged where the text came from, secrets were replaced
 * and hidden characters removed; whoever sends takes nothing else.
 */
export type Cleared<T> = T & { readonly [passed]: true };
