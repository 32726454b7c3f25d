"""Prints labels for the shelves."""

import argparse
from pathlib import Path

from records import Product, read_products


def label_for(product: Product) -> str:
    return f"{product.name}\n{product.price / 100:.2f} EUR"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("products", type=Path, help="the table of products")
    parser.add_argument("--category", help="only labels of this category")
    arguments = parser.parse_args()

    products = read_products(arguments.products)
    for product in products:
        if arguments.category in (None, product.category):
            print(label_for(product))


if __name__ == "__main__":
    main()
