"""The kinds of tickets of the month that are over: who asks whom, and how it goes."""

from __future__ import annotations

from typing import NamedTuple

IT = ("agent", "it3")
ONEC = ("it2",)
NET = ("net_head", "net2")
SHOP = ("shop1", "shop2", "shop_head")
GARAGE = ("garage1", "garage_head")
MONEY = ("agent2", "acc2", "acc_head")
PAY = ("pay_head", "pay1")
WOMEN = ("agent2", "acc2", "acc_head", "pay_head", "pay1", "client", "beta_lead")
MEN = ("shop_head", "garage_head", "shop1", "garage1", "client2", "beta_client")
OFFICE = (*WOMEN, "shop_head", "director", "admin")
FIRM = ("client", "lead", "beta_lead", "beta_client")


class Plot(NamedTuple):
    """`road` is a function of `roads.py`; `n` is the range of the number in the texts."""

    key: str
    to: str
    topic: str
    asked_by: tuple[str, ...]
    done_by: tuple[str, ...]
    times: int
    road: str
    hours: float
    priority: int = 2
    n: tuple[int, int] = (1001, 9899)


PLOTS = (
    Plot("cartridge", "it", "printers", OFFICE, IT, 9, "plain", 3),
    Plot("jam", "it", "printers", OFFICE, IT, 3, "plain", 2),
    Plot("onec_error", "it", "onec", ("acc2", "agent2", "pay1"), ONEC, 4, "question", 4, 3),
    Plot("onec_slow", "it", "onec", ("acc_head", "acc2"), ONEC, 2, "plain", 9, 3),
    Plot("onec_user", "it", "onec", ("acc_head", "lead"), ONEC, 3, "returned", 4, n=(2, 6)),
    Plot("vpn", "it", "access", ("acc_head", "beta_lead", "pay_head"), IT, 4, "passed_on", 3),
    Plot("internet", "network", "internet", OFFICE, NET, 4, "plain", 2, 3),
    Plot("wifi", "network", "internet", ("acc2", "shop_head"), NET, 2, "part", 6, n=(1, 5)),
    Plot("password", "it", "access", WOMEN, IT, 7, "plain", 0.5),
    Plot("mail_full", "it", "access", ("agent2", "client", "pay1"), IT, 3, "plain", 1.5),
    Plot("workplace", "it", "computers", ("acc_head", "shop_head"), IT, 2, "returned", 10),
    Plot("monitor", "it", "computers", WOMEN, IT, 3, "part", 2),
    Plot("phone_line", "network", "phones", WOMEN, NET, 3, "question", 3),
    Plot("camera", "network", "phones", ("garage_head", "director"), NET, 2, "part", 5),
    Plot("backup", "it", "computers", ("head",), ("agent",), 1, "in_person", 9),
    Plot("signature", "it", "access", ("acc_head", "client", "beta_lead"), IT, 3, "question", 6, 3),
    Plot("bank", "it", "computers", ("agent2", "pay1"), IT, 2, "plain", 1, 4),
    Plot("scales", "it", "links", ("beta_client",), ("it3",), 2, "passed_on", 4, 3),
    Plot("gps", "it", "links", ("garage_head", "shop_head"), IT, 2, "passed_on", 5),
    Plot("report_form", "it", "onec", ("acc_head", "garage_head"), ONEC, 2, "returned", 12),
    Plot("scanner", "it", "printers", WOMEN, IT, 3, "plain", 1.5),
    Plot("antivirus", "it", "computers", ("agent2", "pay1", "acc2"), IT, 2, "cancelled", 2),
    Plot("inventory", "it", "computers", ("head",), ("it3",), 1, "in_person", 14),
    Plot("injector", "shop", "repair", ("garage_head", "client2"), SHOP, 3, "part", 8, 3),
    Plot("hydraulics", "shop", "repair", MEN, SHOP, 3, "accepted", 5, 3),
    Plot("seeder", "shop", "repair", ("client2", "lead"), SHOP, 2, "part", 6, 4),
    Plot("tyres", "garage", "cars", MEN, GARAGE, 3, "plain", 3),
    Plot("oil", "garage", "cars", MEN, GARAGE, 5, "plain", 4, n=(240, 4900)),
    Plot("welding", "shop", "repair", MEN, ("shop2",), 2, "accepted", 4),
    Plot("battery", "garage", "cars", MEN, GARAGE, 2, "plain", 2),
    Plot("inspection", "garage", "cars", ("garage_head",), ("garage1",), 2, "returned", 10),
    Plot("combine", "shop", "repair", ("client2", "lead"), SHOP, 2, "returned", 6, 3, (3, 40)),
    Plot("pump", "shop", "repair", ("beta_client", "lead", "client2"), SHOP, 3, "plain", 4, 4),
    Plot("trip", "garage", "cars", (*MONEY, *PAY), ("garage1",), 6, "plain", 5, n=(2, 6)),
    Plot("salary", "payroll", "wages", ("acc2", "pay1", "it2"), ("pay_head",), 5, "plain", 5),
    Plot("act", "accounting", "papers", FIRM, MONEY, 5, "plain", 7, n=(120, 98000)),
    Plot("fuel", "accounting", "money", ("garage_head",), ("acc2",), 3, "question", 6, n=(15, 380)),
    Plot("advance", "accounting", "money", ("garage1", "net2", "shop1"), MONEY, 3, "returned", 5),
    Plot("invoice", "accounting", "papers", FIRM, ("agent2", "acc2"), 6, "plain", 3),
    Plot("vacation", "payroll", "wages", (*MEN[:4], "it3"), PAY, 4, "plain", 6, n=(850, 7400)),
    Plot("business_trip", "payroll", "wages", ("shop_head", "net2", "agent"), PAY, 3, "plain", 4),
    Plot("stock", "accounting", "money", ("director",), ("acc2",), 2, "in_person", 16, n=(1, 5)),
    Plot("contract", "accounting", "papers", ("beta_lead", "lead"), MONEY, 2, "passed_on", 5),
    Plot("pay_sheet", "payroll", "wages", ("agent", "shop1", "garage1", "it3"), PAY, 4, "plain", 1),
)  # fmt: skip

PASSED_TO = {
    "vpn": ("network", "net2"), "scales": ("network", "net_head"), "gps": ("garage", "garage1"),
    "contract": ("it", "it3"),
}  # fmt: skip
"""Where the road `passed_on` leads: the department, and who takes it there."""
WITH_DEADLINE = {"inspection", "workplace", "stock", "inventory", "backup", "signature"}
"""Plots whose tickets carry a deadline."""
BY_PHONE = {"pump": "beta_phone", "invoice": "beta_phone"}
"""Now and then staff records a call for this client."""
