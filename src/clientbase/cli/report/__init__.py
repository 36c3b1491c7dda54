"""`clientbase report`: what the base knows, as of a day; a file a report."""

from clientbase.cli.command import Noun
from clientbase.words import N_

app = Noun()
for _name, _about in {
    "funnel": N_("Show how leads go through the funnel, where they stop, and why."),
    "channels": N_("Compare the channels: leads, sales, money, and what a lead and a client cost."),
    "rfm": N_("Score the clients by recency, frequency and money, and sort them into segments."),
    "abc": N_("Sort the clients or products by the share of the revenue that they bring."),
    "xyz": N_("Sort the clients by how steadily they buy, or the products by how they sell."),
    "ltv": N_("Show what each client is worth: revenue so far, ARPA / churn, and a forecast."),
    "cohorts": N_("Show how many clients of each month come back in the months after it."),
    "concentration": N_("Show how few clients bring how much of the revenue."),
    "repeat": N_("Show how many clients buy again, and how soon."),
    "sleeping": N_(
        "List who is late by the own rhythm or fell asleep, by when to call, and why others left."
    ),
    "products": N_("Show what is sold, to whom, how it changes, and what is bought together."),
    "base": N_("Count the contacts by kind of base: now, a month ago and a year ago."),
    "portrait": N_("Show who is in a segment, against the whole base, what stands out first."),
    "quality": N_("Audit the base: what is missing or wrong, and the command that lists it."),
    "managers": N_("Compare the managers: leads, sales, money, and clients who came back."),
    "page": N_("Put the month and every report on one page: -o base.html."),
}.items():
    app.verb_apart(_name, f"{__name__}.{_name}", _about)
