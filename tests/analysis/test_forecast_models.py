"""BG/NBD and gamma-gamma: the likelihood written plainly, published figures, known truths found."""

from __future__ import annotations

import math
from math import lgamma, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientbase.analysis import bgnbd, gammagamma, likelihood
from clientbase.errors import Misuse

# Of the sample of CDNOW, as the paper of 2005 and the note of 2013 print them.
PAPER = bgnbd.Model(0.243, 4.414, 0.793, 2.426, 0)
NOTE = gammagamma.Worth(6.25, 3.74, 15.44, 0)


def _one(x: int, recency: float, t: float) -> bgnbd.History:
    of_x, of_recency, of_t, one = (np.array([float(value)]) for value in (x, recency, t, 1))
    return bgnbd.History(of_x, of_recency, of_t, one, np.array([0]))


def _client(at: tuple[float, ...], x: int, recency: float, t: float) -> float:
    """Equation 3 of the paper: the likelihood of one client, without logarithms in between."""
    r, alpha, a, b = map(float, at)

    def beta(one: float, other: float) -> float:
        return math.exp(lgamma(one) + lgamma(other) - lgamma(one + other))

    rate = math.exp(lgamma(r + x) - lgamma(r) + r * log(alpha))
    lasts = beta(a, b + x) / beta(a, b) * rate * math.pow(alpha + t, -r - x)
    if not x:
        return lasts
    left = beta(a + 1, b + x - 1) / beta(a, b) * rate * math.pow(alpha + recency, -r - x)
    return lasts + left


CLIENTS = (
    (0, 0, 273),
    (0, 0, 200),
    (0, 0, 200),
    (2, 213, 272),
    (7, 206, 272),
    (1, 1, 40),
    (29, 264, 266),
)


@pytest.mark.parametrize(
    "at", [(0.243, 4.414, 0.793, 2.426), (3.0, 1.5, 0.2, 0.9), (1.0, 20.0, 1.0, 1.0)]
)
def test_the_likelihood_is_that_of_the_paper(at: tuple[float, ...]) -> None:
    seen = bgnbd.history(*zip(*CLIENTS, strict=True))
    height, slope = bgnbd.measured(bgnbd.counted(seen), np.array(at))
    plain = [log(_client(at, x, recency / 7, t / 7)) for x, recency, t in CLIENTS]
    assert len(seen.x) == 6  # two clients are alike
    assert height == pytest.approx(sum(plain) / len(CLIENTS), rel=1e-12)
    for n in range(4):
        up, down = np.array(at), np.array(at)
        up[n], down[n] = at[n] + 1e-5, at[n] - 1e-5
        rise = [bgnbd.measured(bgnbd.counted(seen), each)[0] for each in (up, down)]
        assert slope[n] == pytest.approx((rise[0] - rise[1]) / 2e-5, rel=1e-5, abs=1e-8)


def test_the_likelihood_of_the_orders_is_that_of_the_note() -> None:
    p, q, v = at = (6.25, 3.74, 15.44)
    x, mean = np.array([2.0, 1.0, 7.0, 5.0, 1.0]), np.array([22.35, 11.77, 73.74, 29.44, 99.99])
    counted = gammagamma.counted(x, mean)
    height, slope = gammagamma.measured(counted, np.array(at))
    plain = [
        lgamma(p * k + q)
        - lgamma(p * k)
        - lgamma(q)
        + q * log(v)
        + (p * k - 1) * log(m)
        + p * k * log(k)
        - (p * k + q) * log(v + k * m)
        for k, m in zip(x, mean, strict=True)
    ]
    assert height == pytest.approx(sum(plain) / 5, rel=1e-12)
    for n in range(3):
        up, down = np.array(at), np.array(at)
        up[n], down[n] = at[n] + 1e-5, at[n] - 1e-5
        rise = [gammagamma.measured(counted, each)[0] for each in (up, down)]
        assert slope[n] == pytest.approx((rise[0] - rise[1]) / 2e-5, rel=1e-5, abs=1e-8)


def test_published_expectations_come_out() -> None:
    first = _one(2, 30.43, 38.86)  # the first client of the sample
    assert float(bgnbd.expected(PAPER, first, 39)[0]) == pytest.approx(1.226, abs=0.0005)
    assert float(bgnbd.alive(PAPER, first)[0]) == pytest.approx(0.7266, abs=0.0001)
    worth = gammagamma.expected(NOTE, np.array([2.0, 0.0]), np.array([22.35, 0.0]))
    assert worth.tolist() == pytest.approx([24.66, 35.22], abs=0.005)


def _by_hand(model: bgnbd.Model, x: int, recency: float, t: float, weeks: float) -> float:
    """Sum what is expected over the chances p of leaving: those of who lasts are beta(a, b + x)."""
    r, alpha, a, b = model[:4]
    steps, total, weight = 40_000, 0.0, 0.0
    whole = lgamma(a) + lgamma(b + x) - lgamma(a + b + x)
    for n in range(steps):
        u = (n + 0.5) / steps
        p = u**4  # closer steps near to 0, where the density may have no end
        density = math.exp((a - 1) * log(p) + (b + x - 1) * math.log1p(-p) - whole) * 4 * u**3
        total += density * (1 - ((alpha + t) / (alpha + t + p * weeks)) ** (r + x)) / p
        weight += density
    return total / weight * float(bgnbd.alive(model, _one(x, recency, t))[0])


@pytest.mark.parametrize(
    ("model", "x", "recency", "t"),
    [
        (PAPER, 7, 29.43, 38.86),
        (PAPER, 0, 0, 38.86),
        (bgnbd.Model(2, 3, 1, 2, 0), 4, 10, 12),  # a of 1 is a limit
        (bgnbd.Model(5, 2, 2.5, 1.2, 0), 150, 200, 201),
        (bgnbd.Model(0.4, 9, 0.5, 30, 0), 400, 500, 510),
        (bgnbd.Model(500, 11, 620, 5600, 0), 28, 60, 61),  # where the series overflows
    ],
)
def test_expected_purchases_are_those_summed_by_hand(
    model: bgnbd.Model, x: int, recency: float, t: float
) -> None:
    found = float(bgnbd.expected(model, _one(x, recency, t), 52)[0])
    assert found == pytest.approx(_by_hand(model, x, recency, t, 52), rel=2e-4)


def _shop(count: int, seed: int) -> tuple[list[int], list[int], list[int]]:
    """Let clients come and leave as the model has it, watched for 182 to 728 days."""
    by_lot = np.random.default_rng(seed)
    rates = by_lot.gamma(PAPER.r, 1 / PAPER.alpha, count)
    leaving = by_lot.beta(PAPER.a, PAPER.b, count)
    ages = by_lot.integers(182, 728, count)
    times, last = [], []
    for rate, chance, age in zip(rates, leaving, ages / 7, strict=True):
        x, day, now = 0, 0.0, by_lot.exponential(1 / max(rate, 1e-12))
        while now <= age:
            x, day = x + 1, now
            if by_lot.random() < chance:
                break
            now += by_lot.exponential(1 / rate)
        times.append(x)
        last.append(round(day * 7))
    return times, last, ages.tolist()


def test_the_parameters_that_made_a_shop_are_found_again() -> None:
    model = bgnbd.fit(bgnbd.history(*_shop(20_000, seed=5)))
    assert model is not None
    assert model[:4] == pytest.approx(PAPER[:4], rel=0.12)
    by_lot = np.random.default_rng(7)
    x = by_lot.integers(1, 9, 20_000).astype(float)
    mean = by_lot.gamma(NOTE.p * x, 1 / (by_lot.gamma(NOTE.q, 1 / NOTE.v, len(x)) * x))
    worth = gammagamma.fit(x, mean)
    assert worth is not None
    assert worth[:3] == pytest.approx(NOTE[:3], rel=0.2)  # p and v hang together
    assert worth.p * worth.v / (worth.q - 1) == pytest.approx(35.22, rel=0.02)
    told = gammagamma.measured(gammagamma.counted(x, mean), np.array(NOTE[:3]))[0] * len(x)
    assert 0 < worth.log_likelihood - told < 8  # as far as chance takes three parameters
    cents = gammagamma.fit(x, 100 * mean)  # another unit of money changes v alone
    assert cents is not None
    assert cents[:3] == pytest.approx((worth.p, worth.q, 100 * worth.v), rel=1e-4)


def test_it_is_the_highest_place_around() -> None:
    seen = bgnbd.history(*_shop(3_000, seed=1))
    model = bgnbd.fit(seen)
    assert model is not None
    counted = bgnbd.counted(seen)
    for n in range(4):
        for factor in (0.97, 1.03):
            beside = np.array(model[:4])
            beside[n] *= factor
            height = bgnbd.measured(counted, beside)[0] * 3_000
            assert height < model.log_likelihood


whole = st.integers(0, 60)


@given(
    st.lists(st.tuples(whole, st.integers(0, 900), st.integers(0, 900)), min_size=1, max_size=30),
    st.floats(0.05, 20),
    st.floats(0.05, 20),
)
def test_chances_lie_between_0_and_1_and_nothing_is_expected_below_0(
    drawn: list[tuple[int, int, int]], one: float, other: float
) -> None:
    clients = [(x, last if x else 0, last + more) for x, last, more in drawn]
    seen = bgnbd.history(*zip(*clients, strict=True))
    model = bgnbd.Model(one, other, other, one, 0)
    alive = bgnbd.alive(model, seen)[seen.place]
    coming = bgnbd.expected(model, seen, 52)[seen.place]
    assert ((alive >= 0) & (alive <= 1)).all()
    assert all(chance == 1 for (x, *_), chance in zip(clients, alive, strict=True) if not x)
    assert np.isfinite(coming).all()
    assert (coming >= 0).all()
    assert (bgnbd.expected(model, seen, 104)[seen.place] >= coming * (1 - 1e-9)).all()


@pytest.mark.parametrize(
    "clients",
    [
        [(0, 0, 100)] * 30,  # nobody came again
        [(0, 0, 0)] * 3,  # no time to
        [(1, 50, 100)],
        [(x, 7 * x, 7 * x + 1) for x in range(1, 40)],  # nobody leaves
    ],
)
def test_no_finite_model_is_none(clients: list[tuple[int, int, int]]) -> None:
    assert bgnbd.fit(bgnbd.history(*zip(*clients, strict=True))) is None


def test_orders_that_are_all_alike_fit_no_model() -> None:
    x = np.array([1.0, 2.0, 3.0])
    assert gammagamma.fit(x, np.array([50.0, 50.0, 50.0])) is None
    assert gammagamma.fit(x[:1], np.array([50.0])) is None


def test_without_scipy_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "scipy", None)
    monkeypatch.setitem(__import__("sys").modules, "scipy.special", None)
    with pytest.raises(Misuse) as refused:
        likelihood.needed()
    assert (refused.value.message, refused.value.hint) == (
        "the forecast needs scipy, which is not installed",
        "install it: pip install 'clientbase[forecast]'",
    )
