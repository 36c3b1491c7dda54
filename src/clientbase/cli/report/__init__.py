"""`clientbase report`: what the base knows, as of a day; a file a report."""

from clientbase.cli.command import Noun
from clientbase.words import N_

app = Noun()
for _name, _about in {
    "funnel": N_("Show how leads go through the funnel, where they stop, and why."),
    "channels": N_("Compare the channels: leads, sales, money, and what a lead and a client cost."),
    "rfm": N_("Score the clients by recency, frequency and money, and sort them into segments."),
    "managers": N_("Compare the managers: leads, sales, money, and clients who came back."),
    "page": N_("Put the month and every report on one page: -o base.html."),
}.items():
    app.verb_apart(_name, f"{__name__}.{_name}", _about)
