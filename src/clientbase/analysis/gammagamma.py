"""What a purchase of a client is worth: the gamma-gamma model.

Fader and Hardie, The Gamma-Gamma Model of Monetary Value (2013). The purchases of a client vary
around a mean of the client's own (shape p), and the means vary among the clients (q, v). What
somebody pays does not depend on how often they come.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clientbase.analysis.likelihood import inside, mean, most_likely

if TYPE_CHECKING:
    from clientbase.analysis.likelihood import Array

# The starts are tried on about so many clients.
_SOME = 2_000
_STARTS = ((6.0, 4.0, 0.5), (1.0, 2.0, 1.0), (20.0, 10.0, 0.45))


class Worth(NamedTuple):
    """The parameters, v of money, and the log-likelihood of what was seen."""

    p: float
    q: float
    v: float
    log_likelihood: float


def fit(x: Array, paid: Array) -> Worth | None:
    """Return the model under which some clients' means are most likely, None if none is finite.

    Each client's mean is over zero, and is of `x` purchases.
    """
    import numpy as np

    if len(x) < 2 or np.ptp(paid) == 0:  # noqa: PLR2004 - one client varies from nobody
        return None
    usual = float(paid.mean())
    step = 1 + len(x) // _SOME
    some = counted(x[::step], paid[::step] / usual)
    first = most_likely(lambda at: measured(some, at), _STARTS)
    if first is None:
        return None
    every = counted(x, paid / usual)
    found = most_likely(lambda at: measured(every, at), [tuple(first)])
    if found is None or not inside(found):
        return None
    at = found * np.array([1.0, 1.0, usual])
    p, q, v = at.tolist()
    return Worth(p, q, v, len(x) * measured(counted(x, paid), at)[0])


class Counted(NamedTuple):
    """What the likelihood needs of the clients' purchases."""

    x: Array
    paid: Array  # for all of them
    kinds: Array  # the values of x that there are, and the share of each
    weights: Array
    logs: float  # what does not depend on the parameters
    waits: float  # the mean of x times the logarithm of what was paid


def counted(x: Array, paid: Array) -> Counted:
    """Sum up what the likelihood needs, whatever the parameters."""
    import numpy as np

    kinds, place = np.unique(x, return_inverse=True)
    whole = x * paid
    logs, waits = -np.log(paid).mean(), (x * np.log(whole)).mean()
    return Counted(x, whole, kinds, np.bincount(place) / len(x), float(logs), float(waits))


def measured(sums: Counted, at: Array) -> tuple[float, Array]:
    """Return the mean log-likelihood (eq. 1a of the note) and its slope by each parameter."""
    import numpy as np
    from scipy.special import digamma, gammaln

    (p, q, v), (x, paid, kinds, weights, logs, waits) = at, sums
    whole = np.log(v + paid)
    height = mean(weights, gammaln(p * kinds + q) - gammaln(p * kinds)) - gammaln(q)
    height += q * np.log(v) + logs + p * waits - ((p * x + q) * whole).mean()
    both = digamma(p * kinds + q)
    slope = [
        mean(weights, kinds * (both - digamma(p * kinds))) + waits - (x * whole).mean(),
        mean(weights, both) - whole.mean() - digamma(q) + np.log(v),
        q / v - ((p * x + q) / (v + paid)).mean(),
    ]
    return float(height), np.array(slope)


def expected(worth: Worth, x: Array, mean: Array) -> Array:
    """Return what a purchase is to be expected to be worth (eq. 5 of the note).

    The more purchases a client has made, the nearer to the own mean; nobody's mean is known after
    no purchase, and that of all is without end where q is not over 1.
    """
    import numpy as np

    p, q, v = worth[:3]
    known = p * x + q - 1
    found: Array = np.where(known > 0, p * (v + x * mean) / np.where(known > 0, known, 1), np.nan)
    return found
