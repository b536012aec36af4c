"""The rules about the case, the words and the agency itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from porchlight.core.offenses import offense_type
from porchlight.core.policy.case_numbers import CasePattern, canonical_case_number, read_case_pattern
from porchlight.core.policy.checks import Bound, Check, Rule, Unit, judged, later
from porchlight.core.policy.facts import AgencyFacts, RequestFacts
from porchlight.core.policy.numbers import PolicyNumbers
from porchlight.core.reasons import Reason, reason
from porchlight.core.wording import FACTUAL_BASIS, PUBLIC_SUMMARY, TextRule, text_reasons, tidy


def case_checks(request: RequestFacts, agency: AgencyFacts, numbers: PolicyNumbers) -> Iterator[Check]:
    yield _case_number(request, agency)
    yield _case_limit(agency, numbers)
    yield _count(Rule.OPEN_LIMIT, "open_limit_reached", agency.open_requests + 1, numbers.most_open_requests)
    yield _count(
        Rule.MONTH_LIMIT,
        "month_limit_reached",
        agency.requests_this_month + 1,
        numbers.most_requests_per_month,
    )
    yield _offense(request, numbers)


def words_checks(request: RequestFacts) -> Iterator[Check]:
    yield _words(Rule.FACTUAL_BASIS, FACTUAL_BASIS, request.factual_basis, request)
    yield _words(Rule.PUBLIC_SUMMARY, PUBLIC_SUMMARY, request.public_summary, request)


def agency_checks(agency: AgencyFacts, numbers: PolicyNumbers) -> Iterator[Check]:
    have, least = agency.custodians_with_keys, numbers.least_custodians
    missing = (reason("custodians_missing", custodians=have, least=least),) if have < least else ()
    yield judged(Rule.CUSTODIANS, missing, have, Bound(Unit.PEOPLE, least=least))
    yield judged(Rule.AGENCY, () if agency.active else (reason("agency_not_active"),))


def _case_number(request: RequestFacts, agency: AgencyFacts) -> Check:
    if not request.case_number.strip():
        return later(Rule.CASE_NUMBER, reason("case_number_missing"))
    registered = agency.case_pattern
    pattern = registered if isinstance(registered, CasePattern) else read_case_pattern(registered)
    if pattern.matches(request.case_number):
        return judged(Rule.CASE_NUMBER, ())
    objection = reason("case_number_does_not_match", pattern=pattern.template, example=pattern.example())
    return judged(Rule.CASE_NUMBER, (objection,))


def _case_limit(agency: AgencyFacts, numbers: PolicyNumbers) -> Check:
    number = len(agency.same_case) + len(agency.overlapping) + 1
    most = numbers.most_requests_per_case
    reasons: tuple[Reason, ...] = ()
    if number > most:
        reasons = (
            reason(
                "case_limit_reached",
                most=most,
                same_case=len(agency.same_case),
                overlapping=len(agency.overlapping),
            ),
        )
    counted = (*agency.same_case, *agency.overlapping)
    return replace(judged(Rule.CASE_LIMIT, reasons, number, Bound(Unit.REQUESTS, most=most)), counted=counted)


def _count(rule: Rule, code: str, number: int, most: int) -> Check:
    reasons = (reason(code, requests=number - 1, most=most),) if number > most else ()
    return judged(rule, reasons, number, Bound(Unit.REQUESTS, most=most))


def _offense(request: RequestFacts, numbers: PolicyNumbers) -> Check:
    bound = Bound(Unit.SERIOUSNESS, least=numbers.least_seriousness)
    if not request.offense:
        return later(Rule.OFFENSE, reason("offense_missing"), bound=bound)
    found = offense_type(request.offense)
    if found is None:
        return judged(Rule.OFFENSE, (reason("offense_not_on_list"),), bound=bound)
    reasons: tuple[Reason, ...] = ()
    if found.seriousness < numbers.least_seriousness:
        reasons = (
            reason(
                "offense_below_minimum",
                offense=found.code,
                seriousness=found.seriousness,
                least=numbers.least_seriousness,
            ),
        )
    return judged(Rule.OFFENSE, reasons, found.seriousness, bound)


def _words(rule: Rule, text_rule: TextRule, text: str, request: RequestFacts) -> Check:
    bound = Bound(Unit.CHARACTERS, least=text_rule.least, most=text_rule.most)
    reasons = text_reasons(text, text_rule, case_number=canonical_case_number(request.case_number))
    if [each.code for each in reasons] == ["text_missing"]:
        return later(rule, *reasons, bound=bound)
    return judged(rule, reasons, len(tidy(text)), bound)
