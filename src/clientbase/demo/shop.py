"""Who and what the invented shop knows: a pet shop with a grooming table."""

from __future__ import annotations

from typing import NamedTuple

from clientbase.words import N_

FIRST = str.split(
    """
    Ada Agnes Alice Amber Anna Anton Arthur Beatrice Ben Bruno Carla Cecil Chloe Clara
    Daniel Diana Dora Edgar Edith Elena Eli Emma Ernest Esther Eva Felix Flora Frank Frida George
    Gloria Grace Hannah Harold Hazel Helen Henry Hugo Ida Irene Iris Ivan Jack Jane Jonas Julia Karl
    Kate Laura Leo Lily Louis Lucy Mara Marta Max Mia Mila Nadia Nina Nora Olga Oscar Otto Paula
    Peter Rita Rosa Ruth Sam Sara Simon Sofia Stella Theo Tina Vera Victor Walter Zoe
    """
)
LAST = str.split(
    """
    Abbott Adler Archer Baker Barlow Becker Bell Bishop Blake Boyd Brandt Brooks Burke Carver
    Chapman Clarke Cole Conrad Cooper Crane Cross Dale Dawson Dean Drake Eaton Ellis Farrow Fischer
    Fletcher Foster Frost Gale Garner Gibson Grant Gray Hale Harper Hart Hayes Hill Holt Horn Hunt
    Ingram Jarvis Keller Kemp King Lambert Lane Lang Lowe Marsh Mason Mercer Miller Moss Nash Newman
    Nolan North Page Parker Penn Pike Porter Price Quinn Reed Rhodes Rowe Shaw Sharp Stone Summers
    Thorn Turner Vance Wade Walsh Ward Webb West Wolf Wood York
    """
)
CITIES = ("New York", "Brooklyn", "Queens", "Hoboken", "Yonkers")
CHANNELS = ("walk-in", "site", "referral", "instagram", "flyer")
CHANNEL_SHARES = (5, 3, 3, 2, 1)
# What some of them cost a month, in cents.
SPENDING = (("site", 4_500), ("instagram", 6_000), ("flyer", 2_500))
# Numbers 555-0100 to 555-0199 of these areas are kept for fiction: they can be nobody's.
AREAS = ("212", "646", "718", "917", "347")
MANAGERS = ("Nora", "Theo")


class Goods(NamedTuple):
    """What is sold: its category, price in cents, for which animal, and for how many days."""

    name: str
    category: str
    price: int
    animal: str
    lasts: int | None = None


GOODS = (
    Goods("Dry food 10 kg", "food", 5490, "dog", 40),
    Goods("Dry food 2 kg", "food", 1890, "dog", 14),
    Goods("Cat food 4 kg", "food", 3290, "cat", 35),
    Goods("Wet food, 12 cans", "food", 1990, "cat", 12),
    Goods("Cat litter 10 l", "care", 1290, "cat", 30),
    Goods("Shampoo", "care", 1150, "dog"),
    Goods("Grooming", "service", 6500, "dog"),
    Goods("Claw trimming", "service", 1800, "cat"),
    Goods("Leash", "things", 2400, "dog"),
    Goods("Scratching post", "things", 4900, "cat"),
    Goods("Bird seed 1 kg", "food", 790, "bird", 25),
    Goods("Cage", "things", 8900, "bird"),
)

ANIMALS = ("dog", "cat", "bird")
ANIMAL_SHARES = (5, 4, 1)
BREEDS = {
    "dog": ("poodle", "beagle", "terrier", "spaniel", "dachshund", "mixed"),
    "cat": ("siamese", "persian", "maine coon", "shorthair", "mixed"),
    "bird": ("budgie", "canary", "cockatiel"),
}
PETS = str.split(
    """
    Rex Bella Max Luna Charlie Coco Rocky Daisy Toby Ruby Oscar Molly Simba Nala Felix Misty
    Tiger Cleo Milo Lola Teddy Rosie Buster Poppy Jasper Willow Biscuit Pepper Kiwi Sunny
    """
)

# How a client buys: share of all, days between visits, visits before they stop (0: never).
HABITS = ((0.38, 0, 1), (0.27, 150, 3), (0.20, 31, 0), (0.15, 45, 5))

# What people get in touch for, and what it comes to in cents.
WISHES = (
    ("a monthly grooming plan", 26_000),
    ("food for two dogs, delivered", 18_000),
    ("a cat tree to the ceiling", 21_000),
    ("an aviary for the garden", 64_000),
    ("a puppy's first visit", 9_000),
    ("claws and ears of three cats", 7_500),
    ("an aquarium of 200 litres", 48_000),
)
STEPS = ("call back", "send the price list", "agree on the day", "ask about the offer")
PROMO = "FRIENDS5"
REASONS = ("price", "no-need", "competitor", "no-answer", "delay", "junk")
CALLS = (
    ("asked whether the groomer is free on Saturday", "in"),
    ("told about the new food", "out"),
    ("asked for the price of a cage", "in"),
    ("said thank you for the last grooming", "in"),
)
MISSED = "ask how the new food is liked"
MOVED = "moved to another city"
BACK = "did not fit"
SEGMENTS = (
    ("dog-owners", "has_thing('pet', 'animal', 'dog')"),
    ("good-clients", "orders >= 4 and average_order > 50"),
)
# What to try on the base, in order.
TOUR = (
    ("today", N_("the owner's morning: whom to call, the leads, the month")),
    ("contact find rex", N_("a client by the name of the pet")),
    ("contact show 150", N_("everything about one client on one screen")),
    ('lead add "Jo Baker" --phone "(212) 555-0199" --channel site', N_("somebody gets in touch")),
    ("lead list --temperature hot", N_("who is nearest to a purchase")),
    ('sale record 150 --item "Grooming @ 65"', N_("a sale, which wins an open lead by itself")),
    ("remind due", N_("what is to be done today, and why")),
    ("segment run", N_("clients by how often and how much, and what to do with each group")),
    ("segment run dog-owners", N_("one group, by a rule of the owner's own")),
    ("report page -o base.html", N_("the month and every report on one page")),
    ("report rfm", N_("who is best, who is at risk, who is lost")),
    ("export sales -o sales.csv", N_("all sales, for a spreadsheet")),
)
