"""Prints what is on the shelves, and what should be ordered again."""

import argparse
from collections import defaultdict
from pathlib import Path

from records import Product, read_products


def count_by_category(products: list[Product]) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for product in products:
        counts[product.category] += 1
    return counts


def value_by_category(products: list[Product]) -> dict[str, int]:
    values: dict[str, int] = defaultdict(int)
    for product in products:
        values[product.category] += product.price
    return values


def print_counts(counts: dict[str, int]) -> None:
    for category, count in sorted(counts.items()):
        print(f"{category:<20} {count:>6}")


def print_values(values: dict[str, int]) -> None:
    for category, value in sorted(values.items()):
        print(f"{category:<20} {value / 100:>9.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("products", type=Path, help="the table of products")
    parser.add_argument("--values", action="store_true", help="print values instead of counts")
    arguments = parser.parse_args()

    products = read_products(arguments.products)
    if arguments.values:
        print_values(value_by_category(products))
    else:
        print_counts(count_by_category(products))


if __name__ == "__main__":
    main()
