"""Public data of real and lifelike shops come in to the last coin."""

from __future__ import annotations

import csv
import json
import shutil
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from analysis import real as reports
from facts import real

if TYPE_CHECKING:
    from pathlib import Path

    from shop import Shop

RFM = ("name=customer_id", "date=order_date", "amount=revenue", "email=email")


def _shop(nowhere: Shop, currency: str, country: str) -> Shop:
    nowhere.ok("init", "--currency", currency, "--country", country, "--quiet")
    return nowhere


def _maps(*pairs: str) -> list[str]:
    return [word for pair in pairs for word in ("--map", pair)]


def test_orders_of_the_rfm_package(nowhere: Shop, data: Path) -> None:
    shop = _shop(nowhere, "USD", "US")
    command = ["import", "sales", str(data / "rfm_orders.csv"), *_maps(*RFM)]
    (counts,) = shop.rows(*command)
    assert (counts["contacts_new"], counts["sales"], counts["bad"]) == (995, 4906, 0)
    assert counts["sales_amount"] == 464158.00
    assert shop.connect().one("select sum(revenue) from contact_total") == 464_158_00
    (again,) = shop.rows(*command)
    assert (again["sales"], again["contacts_new"], again["already_there"]) == (0, 0, 4906)
    assert _operations(shop) == ["init", "import sales"]


def test_the_same_orders_from_a_russian_spreadsheet(nowhere: Shop, data: Path) -> None:
    shop = _shop(nowhere, "RUB", "RU")
    file = str(data / "rfm_orders_ru_excel_cp1251.csv")
    ran = shop.run("import", "sales", file, "--format", "csv")
    assert ran.out.splitlines()[1].startswith("4906,4906,464158.00,0,0.00,0,995,0,")
    assert ran.err == (
        "rfm_orders_ru_excel_cp1251.csv: windows-1251 (its words are Russian that way); "
        "semicolon between cells; lines end as in Windows (CRLF); "
        "day first (20.12.2004 in line 2); decimal comma (32,00 in line 2)\n"
        "columns: ref = Номер заказа, name = Клиент, email = Email, date = Дата, amount = Сумма\n"
        "Imported 4 906 sales, 995 new contacts.\n"
    )
    (again,) = shop.rows("import", "sales", file)
    assert (again["sales"], again["already_there"]) == (0, 4906)
    assert _operations(shop) == ["init", "import sales"]


def test_online_retail(nowhere: Shop, retail: Path, tmp_path: Path) -> None:
    shop = nowhere
    shutil.copy(retail, shop.path)
    file = tmp_path / "online_retail.csv"
    shutil.copy(retail.with_name(file.name), file)
    found = json.loads(retail.with_suffix(".json").read_text(encoding="utf-8"))
    assert found["rows"][0] | {"leads_won": 0} == found["rows"][0]
    assert found["notes"] == [
        "2,190 sales without a contact: in the totals of the shop and in no client's",
        "184 refunds without a contact",
        "766 sales of amount 0 (gifts): recorded, counted as orders",
        "2 rows with a price below zero: taken as money given back",
        "1,336 rows of negative quantities at price 0 (write-offs) left out",
    ]
    base = shop.connect()
    sales = base.execute(
        "select count(*), sum(amount = 0), sum(amount), count(distinct contact_id) "
        "from sale where contact_id is not null"
    ).fetchone()
    assert sales == (18_536, 4, 8_911_407_90, 4_339)
    refunds = base.execute(
        "select count(*), sum(amount) from refund where contact_id is not null"
    ).fetchone()
    assert refunds == (3_654, 611_342_09)
    assert base.one("select count(*) from contact_total where orders = 0") == 33
    clients = base.execute(
        "select count(*), sum(revenue) from contact_total where orders > 0"
    ).fetchone()
    assert clients == (4_339, 8_310_477_05)
    assert base.one("select count(*) from pragma_foreign_key_check") == 0
    money = _retail(file)
    real.check(base, money, "external_id", date(2011, 12, 9))
    reports.check(base, money, date(2011, 12, 9), by="external_id")
    reports.check_forecast(base, money, date(2011, 12, 9))
    # The first 60,000 lines come again; the last invoice of them would be cut.
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)[:60_001]
    cut = lines[-1].split(",")[0]
    part = [line for line in lines if not line.startswith(f"{cut},")]
    file.write_text("".join(part), encoding="utf-8")
    bills = len({line.split(",")[0] for line in part[1:]})
    (again,) = shop.rows("import", "sales", str(file))
    assert (again["sales"], again["refunds"]) == (0, 0)
    assert (again["contacts_new"], again["already_there"]) == (0, bills - again["write_offs"])
    assert _operations(shop) == ["init", "import sales"]


def _retail(file: Path) -> pd.DataFrame:
    """Return what each client paid and got back, as `real.expected` takes it."""
    rows = pd.read_csv(file, dtype={"CustomerID": str, "InvoiceNo": str})
    rows = rows.dropna(subset="CustomerID")
    back = rows["InvoiceNo"].str.startswith("C")
    pence = (rows["UnitPrice"] * 1000).round().astype("int64") * rows["Quantity"]
    money = pd.DataFrame(
        {
            "client": rows["CustomerID"],
            "sale": rows["InvoiceNo"].where(~back),
            "day": pd.to_datetime(rows["InvoiceDate"]).dt.normalize(),
            "amount": [round(Fraction(thousandths, 10)) for thousandths in pence],
        }
    )
    return money.astype({"amount": "int64"})


# What the description of the file says of each kind of its rows.
TYPED = {
    "plain", "eight", "seven_without_plus", "ten_digits", "unicode", "words", "extension", "space",
    "dots", "slash",
}  # fmt: skip
EXPECTED = {"foreign", "free_call", "from_russia_abroad", "double_zero"}
WRONG = {"wrong", "empty", "short", "letter_o", "excel_lossy"}


def test_every_phone_comes_out_right_or_is_refused_with_its_reason(shop: Shop, data: Path) -> None:
    file = data / "phones_ru.csv"
    command = [
        "import", "contacts", str(file),
        *_maps("client_id=n", "name=n", "phone=raw", "-=kind"),
    ]  # fmt: skip
    ran = shop.run(*command, "--format", "csv")
    assert ran.code == 4
    refused = {int(row["line"]): row["reason"] for row in csv.DictReader(ran.out.splitlines())}
    shop.ok(*command, "--skip-bad")
    kept: dict[str, list[str]] = {}
    for number, canonical in shop.connect().execute(
        "select external_id, canonical from contact inner join contact_point as point "
        "on point.contact_id = contact.id order by point.id"
    ):
        kept.setdefault(number, []).append(canonical)
    with file.open(encoding="utf-8", newline="") as stream:
        for line, row in enumerate(csv.DictReader(stream), start=2):
            found = kept.get(row["n"], [])
            if row["kind"] in TYPED:
                assert found == [row["typed_number"]], row
            elif row["kind"] in EXPECTED and row["expected_e164"]:
                assert found == [row["expected_e164"]], row
            elif row["kind"] == "excel":
                assert found == [row["typed_number"]] or line in refused, row
            elif row["kind"] == "several":
                assert " ".join(found) == row["all_numbers_in_text"], row
            elif row["raw"]:
                assert row["kind"] in WRONG | {"double_zero"}
                assert found == [], row
                assert refused[line], row


def test_every_address_comes_out_right_or_is_refused_with_its_reason(
    shop: Shop, data: Path
) -> None:
    file = data / "emails.csv"
    command = ["import", "contacts", str(file), *_maps("client_id=n", "name=n", "email=raw")]
    ran = shop.run(*command, "--format", "csv")
    assert ran.code == 4
    refused = {int(row["line"]) for row in csv.DictReader(ran.out.splitlines())}
    shop.ok(*command, "--skip-bad")
    points = shop.connect().execute(
        "select external_id, shown, canonical from contact inner join contact_point as point "
        "on point.contact_id = contact.id"
    )
    kept = {number: (shown, key) for number, shown, key in points}
    with file.open(encoding="utf-8", newline="") as stream:
        for line, row in enumerate(csv.DictReader(stream), start=2):
            right = row["valid_after_trimming"] == "1"
            assert (line in refused) == (not right), row
            if right and row["n"] in kept:
                assert kept[row["n"]] == (row["normalized"], row["lower_case_key"])


ATOMIC = (
    "client_id=id", "organisation=company_name", "post=title", "note=background", "manager=sales",
    "phone=phone_work", "phone=phone_home", "phone=phone_other", "email=email_work",
    "email=email_home", "email=email_other",
)  # fmt: skip


def test_contacts_of_another_crm_with_three_phones_and_three_addresses(
    nowhere: Shop, data: Path
) -> None:
    shop = _shop(nowhere, "USD", "US")
    file = data / "atomic_crm_contacts.csv"
    command = ["import", "contacts", str(file), *_maps(*ATOMIC), "--unchecked"]
    (counts,) = shop.rows(*command)
    assert (counts["rows"], counts["contacts_new"], counts["bad"]) == (500, 500, 0)
    base = shop.connect()
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    typed = sorted(
        row[column].strip()
        for row in rows
        for column in (*(f"phone_{x}" for x in PLACES), *(f"email_{x}" for x in PLACES))
        if row[column]
    )
    found = base.execute("select typed from contact_point").fetchall()
    assert sorted(text for (text,) in found) == typed
    names = base.execute("select external_id, name, organisation from contact").fetchall()
    assert sorted(names) == sorted(
        (row["id"], f"{row['first_name']} {row['last_name']}", row["company_name"]) for row in rows
    )
    (again,) = shop.rows(*command)
    assert (again["contacts_new"], again["contacts_filled"], again["already_there"]) == (0, 0, 500)
    assert _operations(shop) == ["init", "import contacts"]


PLACES = ("work", "home", "other")


def test_invented_phones_are_refused_where_they_are_checked(nowhere: Shop, data: Path) -> None:
    shop = _shop(nowhere, "USD", "US")
    file = str(data / "atomic_crm_contacts.csv")
    ran = shop.run("import", "contacts", file, *_maps(*ATOMIC), "-q", "--format", "csv")
    assert (ran.code, ran.err.splitlines()[0]) == (
        4,
        "error: 296 rows of atomic_crm_contacts.csv are bad, and nothing was imported",
    )
    assert len(ran.out.splitlines()) == 1 + 356
    assert shop.connect().one("select count(*) from contact") == 0


def _operations(shop: Shop) -> list[str]:
    rows = shop.connect().execute("select command from operation order by id")
    return [command for (command,) in rows]


@pytest.mark.parametrize("how", ["-", "file"])
def test_standard_input_is_read_as_a_file_is(nowhere: Shop, data: Path, how: str) -> None:
    shop = _shop(nowhere, "USD", "US")
    file = data / "rfm_orders.csv"
    named = ["import", "sales", "-" if how == "-" else str(file), *_maps(*RFM), "--format", "csv"]
    out = shop.ok(*named, stdin=file.read_text(encoding="utf-8") if how == "-" else "")
    assert out.splitlines()[1].startswith("4906,4906,464158.00,")
