"""How often clients come, and whether they still do: the BG/NBD model.

Fader, Hardie and Lee, "Counting Your Customers" the Easy Way, Marketing Science 24 (2005). While
a client lasts, purchases come by chance at a rate of the client's own (gamma distributed: r,
alpha); after each the client may be gone for good, with a chance of the client's own (beta
distributed: a, b).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clientbase.analysis.likelihood import inside, mean, most_likely

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientbase.analysis.likelihood import Array

# Places of a client's numbers in one whole number: days under 2 ** 20.
_SHIFT = 1 << 20
_WEEK = 7.0
# Where a, or a + b, is 1 the expectation is the limit of a quotient: it is taken so far beside.
_BESIDE = 1e-6
# A chance of leaving that is as good as none, and can still be divided by.
_LEAST = 1e-300
# Places at which a sum stands for an integral.
_NODES = 40
# The starts are tried on about so many different histories.
_SOME = 2_000


class History(NamedTuple):
    """What is known of some clients, an array each: times in weeks.

    `x` counts the purchases after the first, `recency` is from the first to the last of them, `t`
    from the first to the day of the forecast. `clients` tells how many have the same three, and
    `place` where each of those who were counted is.
    """

    x: Array
    recency: Array
    t: Array
    clients: Array
    place: Array


class Model(NamedTuple):
    """The parameters, of time in weeks, and the log-likelihood of what was seen."""

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float


def history(x: Sequence[int], recency: Sequence[int], t: Sequence[int]) -> History:
    """Count the clients who have the same numbers; times come in days."""
    import numpy as np

    keys = (np.asarray(x, np.int64) * _SHIFT + np.asarray(recency, np.int64)) * _SHIFT
    kinds, place, clients = np.unique(
        keys + np.asarray(t, np.int64), return_inverse=True, return_counts=True
    )
    rest, days = np.divmod(kinds, _SHIFT)
    times, last = np.divmod(rest, _SHIFT)
    return History(times.astype(float), last / _WEEK, days / _WEEK, clients.astype(float), place)


class Counted(NamedTuple):
    """A history as the likelihood needs it: first those who never came again, `once` of them."""

    seen: History
    once: int
    share: Array
    kinds: Array  # the values of x that there are, and the share of each
    weights: Array
    place: Array  # of those who came again, in the kinds


def counted(seen: History) -> Counted:
    """Sum up what the likelihood needs, whatever the parameters."""
    import numpy as np

    share = seen.clients / seen.clients.sum()
    kinds, place = np.unique(seen.x, return_inverse=True)
    once = int(np.searchsorted(seen.x, 1))
    return Counted(seen, once, share, kinds, np.bincount(place, share), place[once:])


def _some(seen: History) -> History:
    """Return every n-th of the histories, so that few are left."""
    step = 1 + len(seen.x) // _SOME
    x, recency, t, clients = (values[::step] for values in seen[:4])
    return History(x, recency, t, clients, seen.place)


def fit(seen: History) -> Model | None:
    """Return the model under which the history is most likely, None where no finite one is.

    Nobody who came again, or no time to do so, tells nothing. The starts are tried on some of
    the clients, and where that leads to is the start for all; where some lead nowhere, all may
    still lead somewhere.
    """
    import numpy as np

    count = float(seen.clients.sum())
    age = float((seen.clients * seen.t).sum()) / count if count else 0.0
    again = float((seen.clients * seen.x).sum()) / count if count else 0.0
    if not age or not again:
        return None
    scaled = seen._replace(recency=seen.recency / age, t=seen.t / age)
    starts = [(1.0, 1 / again, 1.0, 3.0), (0.3, 0.3 / again, 0.5, 3.0), (3.0, 3 / again, 0.2, 2.0)]
    some, every = counted(_some(scaled)), counted(scaled)
    first = most_likely(lambda at: measured(some, at), starts)
    if first is not None and inside(first):
        starts = [tuple(first)]
    found = most_likely(lambda at: measured(every, at), starts)
    if found is None or not inside(found):
        return None
    at = found * np.array([1.0, age, 1.0, 1.0])
    r, alpha, a, b = at.tolist()
    return Model(r, alpha, a, b, count * measured(counted(seen), at)[0])


def measured(sums: Counted, at: Array) -> tuple[float, Array]:
    """Return the mean log-likelihood (eq. 6 of the paper) and its slope by each parameter.

    Whoever came again either lasts, or left behind the last purchase: `odds` are those of having
    left.
    """
    import numpy as np
    from scipy.special import digamma, gammaln

    (r, alpha, a, b), (seen, once, share, kinds, weights, place) = at, sums
    x, late = seen.x, share[once:]
    still, left = np.log(alpha + seen.t), np.log(alpha + seen.recency[once:])
    waits = still[once:] - left
    per = (1 / (b + kinds - 1 + (kinds == 0)))[place]
    odds = np.log(a) + np.log(per) + (r + x[once:]) * waits
    either = np.logaddexp(0, odds)
    gone = late * np.exp(odds - either)
    of_kinds = gammaln(r + kinds) + gammaln(b + kinds) - gammaln(a + b + kinds)
    height = r * np.log(alpha) - gammaln(r) + gammaln(a + b) - gammaln(b)
    height += mean(weights, of_kinds) + mean(late, either) - mean(share, (r + x) * still)
    falls = (r + x) / (alpha + seen.t)
    sooner = (r + x[once:]) / (alpha + seen.recency[once:]) - falls[once:]
    both = digamma(a + b) - mean(weights, digamma(a + b + kinds))
    rate = np.log(alpha) - digamma(r) + mean(weights, digamma(r + kinds))
    slope = [
        rate - mean(share, still) + mean(gone, waits),
        r / alpha - mean(share, falls) - mean(gone, sooner),
        both + gone.sum() / a,
        both - digamma(b) + mean(weights, digamma(b + kinds)) - mean(gone, per),
    ]
    return float(height), np.array(slope)


def alive(model: Model, seen: History) -> Array:
    """Return the probability that a client has not left for good, 1 where there was no chance."""
    import numpy as np
    from scipy.special import expit

    again = seen.x > 0
    since = np.log1p((seen.t - seen.recency) / (model.alpha + seen.recency))
    odds = np.log(model.a) - np.log(np.where(again, model.b + seen.x - 1, 1))
    found: Array = np.where(again, expit(-odds - (model.r + seen.x) * since), 1.0)
    return found


def expected(model: Model, seen: History, weeks: float) -> Array:
    """Return how many purchases are to be expected in the weeks to come (eq. 10 of the paper).

    The hypergeometric function is turned by Euler's rule, so that its arguments stay small for
    those who come often.
    """
    import numpy as np
    from scipy.special import hyp2f1

    r, alpha, a, b = model[:4]
    a += _BESIDE * (abs(a - 1) < _BESIDE)
    b += 2 * _BESIDE * (abs(a + b - 1) < _BESIDE)
    passed = weeks / (alpha + seen.t + weeks)
    with np.errstate(all="ignore"):
        series = hyp2f1(a - 1, a + b - 1 - r, a + b + seen.x - 1, passed)
        coming = (a + b + seen.x - 1) / (a - 1) * (1 - (1 - passed) ** (a - 1) * series)
    lost = ~np.isfinite(coming)
    coming[lost] = _summed(model, seen.x[lost], seen.t[lost], weeks)
    found: Array = np.maximum(coming * alive(model, seen), 0.0)
    return found


def _summed(model: Model, x: Array, t: Array, weeks: float) -> Array:
    """Return what is expected of those who last, summed over their chances of leaving.

    Where these are almost the same for all, the function of the paper overflows.
    """
    import numpy as np
    from scipy.special import betaincinv

    nodes, weights = np.polynomial.legendre.leggauss(_NODES)
    chance = np.maximum(betaincinv(model.a, model.b + x[:, None], (nodes + 1) / 2), _LEAST)
    waits = np.log1p(chance * weeks / (model.alpha + t[:, None]))
    each = -np.expm1(-(model.r + x[:, None]) * waits) / chance
    found: Array = (each * weights / 2).sum(axis=1)
    return found
