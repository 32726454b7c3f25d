import { expect, test } from 'vitest';
import { rename } from '../../../src/builtin/rename.ts';

test.each([
  ['userList', 'setUser', 'setOrder', 'orderList'],
  ['USER_LIST', 'setUser', 'setOrder', 'ORDER_LIST'],
  ['get_user', 'user', 'order', 'get_order'],
  ['UserService', 'user', 'order', 'OrderService'],
  ['3', '2', '3', '4'],
  ['a3', 'a2', 'b3', 'b4'],
  ['08', '07', '08', '09'],
])('%s is named anew when %s became %s', (word, there, here, expected) => {
  expect(rename(word, [{ there, here }])).toBe(expected);
});

test.each([
  ['total', 'setUser', 'setOrder'],
  ['setUp', 'setUser', 'setOrder'],
  ['1', '2', '0'],
])('%s keeps its name when %s became %s', (word, there, here) => {
  expect(rename(word, [{ there, here }])).toBeUndefined();
});
