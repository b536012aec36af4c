"""The demo's cast and its agency. None of them exists; every name says so.

Passwords, second-factor secrets and passphrases here are known to everyone who reads this file. They may only
ever reach an instance that runs in demo mode.
"""

from base64 import b32encode
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Literal

TIMEZONE: Final = "America/Los_Angeles"


@dataclass(frozen=True)
class DemoAgency:
    """The one agency of the demo; in `case_template`, # is a digit and everything else stands for itself."""

    ori: str
    name: str
    short_name: str
    state: str
    county_fips: str
    population: int
    mail_domain: str
    phone: str
    case_template: str
    timezone: str


@dataclass(frozen=True)
class DemoPerson:
    """Someone to sign in as. `key` is stable and used in addresses; `side` is the side the account belongs to."""

    key: str
    name: str
    email: str
    side: Literal["resident", "agency", "review", "operator"]
    what: str
    title: str = ""
    is_supervisor: bool = False
    is_custodian: bool = False
    is_admin: bool = False
    home_address: str = ""
    passphrase: str = ""

    @property
    def password(self) -> str:
        """The well-known password of this account."""
        return f"porchlight-demo-{self.key}"

    @property
    def totp_secret(self) -> str:
        """The well-known secret of the authenticator app, in base32; empty for residents."""
        if self.side == "resident":
            return ""
        return b32encode(sha256(f"porchlight demo {self.key}".encode()).digest()[:20]).decode()


AGENCY: Final = DemoAgency(
    ori="ZZ0010100",
    name="Alder Falls Police Department (demo)",
    short_name="Alder Falls Police",
    state="ZZ",
    county_fips="00001",
    population=5900,
    mail_domain="alderfalls-pd.example",
    phone="541-555-0100",
    case_template="AF-##-#####",
    timezone=TIMEZONE,
)

MAYA: Final = DemoPerson(
    key="maya",
    name="Maya Brandt (demo)",
    email="maya@neighbors.example",
    side="resident",
    what="Resident with a doorbell camera on Mill Street",
    home_address="214 Mill Street",
    passphrase="harbor velvet meadow copper orbit window",
)
THEO: Final = DemoPerson(
    key="theo",
    name="Theo Lind (demo)",
    email="theo@neighbors.example",
    side="resident",
    what="Resident with a doorbell camera on Hazel Street",
    home_address="210 Hazel Street",
    passphrase="maple river bridge orchard gentle garden",
)
ROBIN: Final = DemoPerson(
    key="robin",
    name="Robin Hale (demo)",
    email="robin.hale@alderfalls-pd.example",
    side="agency",
    what="Officer who asks for video",
    title="Det.",
    passphrase="lamp canvas kitchen silver walnut puzzle",
)
INES: Final = DemoPerson(
    key="ines",
    name="Ines Marlow (demo)",
    email="ines.marlow@alderfalls-pd.example",
    side="agency",
    what="Supervisor who signs requests, evidence custodian",
    title="Sgt.",
    is_supervisor=True,
    is_custodian=True,
    is_admin=True,
    passphrase="ribbon cherry pepper summer winter ticket",
)
JO: Final = DemoPerson(
    key="jo",
    name="Jo Arden (demo)",
    email="jo.arden@alderfalls-pd.example",
    side="agency",
    what="Evidence clerk, evidence custodian",
    title="Evidence clerk",
    is_custodian=True,
    passphrase="window copper garden silver harbor maple",
)
NOOR: Final = DemoPerson(
    key="noor",
    name="Noor Vale (demo)",
    email="noor.vale@review-desk.example",
    side="review",
    what="Reviewer",
)
SAM: Final = DemoPerson(
    key="sam",
    name="Sam Kimani (demo)",
    email="sam.kimani@review-desk.example",
    side="review",
    what="Second reviewer",
)
KIT: Final = DemoPerson(
    key="kit",
    name="Kit Larsen (demo)",
    email="kit.larsen@operator.example",
    side="operator",
    what="Operator of this instance",
)

RESIDENTS: Final = (MAYA, THEO)
OFFICERS: Final = (ROBIN, INES, JO)
REVIEWERS: Final = (NOOR, SAM)
OPERATORS: Final = (KIT,)
CAST: Final = RESIDENTS + OFFICERS + REVIEWERS + OPERATORS


def person(key: str) -> DemoPerson:
    """The person with this key; KeyError for any other."""
    return {someone.key: someone for someone in CAST}[key]
