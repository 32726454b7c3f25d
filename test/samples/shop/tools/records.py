"""Reads and writes the shop's tables, one CSV file each."""

import csv
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Product:
    id: str
    name: str
    category: str
    price: int


@dataclass(frozen=True)
class Customer:
    id: str
    name: str
    email: str
    country: str


@dataclass(frozen=True)
class Supplier:
    id: str
    name: str
    email: str
    lead_time: int


def read_products(path: Path) -> list[Product]:
    with path.open(newline="", encoding="utf-8") as file:
        rows = csv.DictReader(file)
        return [Product(row["id"], row["name"], row["category"], int(row["price"])) for row in rows]


def read_customers(path: Path) -> list[Customer]:
    with path.open(newline="", encoding="utf-8") as file:
        rows = csv.DictReader(file)
        return [Customer(row["id"], row["name"], row["email"], row["country"]) for row in rows]


def write_products(path: Path, products: list[Product]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "name", "category", "price"])
        for product in products:
            writer.writerow([product.id, product.name, product.category, product.price])


def write_customers(path: Path, customers: list[Customer]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "name", "email", "country"])
        for customer in customers:
            writer.writerow([customer.id, customer.name, customer.email, customer.country])
