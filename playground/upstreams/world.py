"""The people and the hardware that several pretend vendors know, so that joins have something to join."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """An account holder; `systems` names the vendors that have an account of the address."""

    username: str
    display_name: str
    email: str
    phone: str
    systems: tuple[str, ...]


@dataclass(frozen=True)
class Hardware:
    """A box that the IoT platform runs and the campus network is asked to let in."""

    name: str
    identifier: str
    """ESN or EUI, as printed on the box."""
    mac: str
    """Upper case with colons; each vendor writes it in its own way."""
    model: str


PEOPLE: tuple[Person, ...] = (
    Person(
        "noc-shift-a",
        "NOC shift A",
        "noc-shift-a@example.net",
        "13900000001",
        ("omc", "beaver", "supos", "idaas"),
    ),
    Person(
        "noc-shift-b", "NOC shift B", "noc-shift-b@example.net", "13900000002", ("omc", "beaver", "idaas")
    ),
    Person("core-planner", "Core planner", "core-planner@example.net", "13900000003", ("omc", "idaas")),
    Person(
        "field-north",
        "Field team north",
        "field-north@example.net",
        "13900000004",
        ("beaver", "supos", "idaas"),
    ),
    Person("field-south", "Field team south", "field-south@example.net", "13900000005", ("omc", "supos")),
    Person(
        "plant-operator", "Plant operator", "plant-operator@example.net", "13900000006", ("supos", "beaver")
    ),
    Person("auditor", "Auditor", "auditor@example.net", "13900000007", ("omc", "supos", "idaas")),
    Person("energy-desk", "Energy desk", "energy-desk@example.net", "13900000008", ("beaver", "idaas")),
    # The shared mailbox of two accounts: matches nobody.
    Person("duty-one", "Duty account one", "duty@example.net", "", ("omc", "idaas")),
    Person("duty-two", "Duty account two", "DUTY@example.net ", "", ("omc",)),
)

HARDWARE: tuple[Hardware, ...] = (
    Hardware("Gateway hall 1", "21500829352SGA900583", "4C:FA:CA:11:22:01", "AirEngine5760-51"),
    Hardware("Gateway hall 2", "21500829352SGA900584", "4C:FA:CA:11:22:02", "AirEngine5760-51"),
    Hardware("Switch rack 7", "2102351931P0A1000007", "4C:FA:CA:11:22:07", "S5735-L24T4S-A"),
    Hardware("Camera gate", "6747D38060650012", "24:E1:24:65:06:50", "VS121"),
)
