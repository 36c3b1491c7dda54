"""The parameters under which what was seen is most likely, found by L-BFGS.

numpy and scipy are an extra: whatever needs them imports them when it runs.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from clientbase.errors import Misuse
from clientbase.words import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]
    Measure = Callable[[Array], tuple[float, Array]]

# The parameters are searched between these borders, times in mean ages and money in mean orders.
_BORDERS = (1e-8, 1e8)
# One that ends outside of these would go on without end: nobody ever leaves, or all are alike.
_FINITE = (1e-6, 1e4)


def needed() -> None:
    """Raise Misuse, saying what to install, where numpy or scipy is missing."""
    try:
        import scipy.special
    except ImportError:
        raise Misuse(
            _("the forecast needs scipy, which is not installed"),
            hint=_("install it: pip install 'clientbase[forecast]'"),
        ) from None
    del scipy


def mean(share: Array, values: Array) -> float:
    """Return the mean by shares; a product of vectors would start threads that wait in line."""
    return float((share * values).sum())


def most_likely(measure: Measure, starts: Sequence[Sequence[float]]) -> Array | None:
    """Return the positive parameters at which a measure is the highest, None if none is finite.

    `measure` gives the mean log-likelihood at some parameters, and its slope by each of them. It
    is climbed on the logarithms of the parameters from each start: slopes are then of one size.
    """
    import numpy as np
    from scipy.optimize import minimize

    def falling(logs: Array) -> tuple[float, Array]:
        at = np.exp(logs)
        height, slope = measure(at)
        return -height, -slope * at

    least, most = map(math.log, _BORDERS)
    settings = {"maxiter": 500, "maxcor": 4, "ftol": 1e-12, "gtol": 1e-7}
    with np.errstate(all="ignore"):
        tried = [
            minimize(
                falling,
                np.log(start),
                jac=True,
                method="L-BFGS-B",
                bounds=[(least, most)] * len(start),
                options=settings,
            )
            for start in starts
        ]
    best = min(tried, key=lambda found: found.fun if np.isfinite(found.fun) else np.inf)
    at: Array = np.exp(best.x)
    return at if np.isfinite(best.fun) else None


def inside(at: Array) -> bool:
    """Tell whether parameters are finite ones."""
    least, most = _FINITE
    return bool(at.min() > least and at.max() < most)
