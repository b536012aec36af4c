"""The expected answers, by side, and who is tried on each."""

from tests.server.access_matrix.tables import (
    account,
    agency,
    agency_api,
    operator,
    operator_api,
    public,
    resident,
    resident_api,
    review,
    review_api,
)

TABLES = {
    "resident": resident.TABLE + resident_api.TABLE + public.TABLE + account.TABLES["resident"],
    "agency": agency.TABLE + agency_api.TABLE + account.TABLES["agency"],
    "review": review.TABLE + review_api.TABLE + account.TABLES["review"],
    "operator": operator.TABLE + operator_api.TABLE + account.TABLES["operator"],
}
VISITORS = {
    "resident": resident.VISITORS,
    "agency": agency.VISITORS,
    "review": review.VISITORS,
    "operator": operator.VISITORS,
}


def visitors_of(side: str, route: str) -> tuple[str, ...]:
    """Everybody; on the sign-in framework's pages one of each kind."""
    if side == "resident" and route in account.OF_A_PASSKEY:
        return ("housemate", "home", *account.VISITORS[side][1:])
    return account.VISITORS[side] if route.startswith(("account_", "mfa_", "language")) else VISITORS[side]
