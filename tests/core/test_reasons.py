import copy
import pickle

import pytest

from porchlight.core.errors import Refused
from porchlight.core.reasons import Decision, Reason, reason


def test_a_refusal_needs_a_reason():
    with pytest.raises(ValueError, match="needs a reason"):
        Decision(allowed=False)


def test_a_decision_is_true_exactly_when_it_allows():
    assert Decision.unless()
    assert Decision.unless(None)
    assert not Decision.unless(None, reason("no"))


def test_require_raises_every_reason():
    with pytest.raises(Refused) as refused:
        Decision.unless(reason("one"), None, reason("two", most=2)).require()
    assert refused.value.reasons == (reason("one"), reason("two", most=2))
    Decision.unless().require()


def test_a_reason_cannot_be_changed_after_it_was_given():
    params = {"most": 2}
    given = Reason("limit", params)
    params["most"] = 3
    assert given.params["most"] == 2
    with pytest.raises(TypeError):
        given.params["most"] = 3


def test_reasons_survive_json_pickle_and_copies():
    given = reason("span_too_long", minutes=870.0, most_minutes=720)
    assert Reason.from_dict(given.as_dict()) == given
    assert pickle.loads(pickle.dumps(given)) == given  # noqa: S301  our own bytes
    assert copy.deepcopy(given) == given
    assert len({given, copy.copy(given)}) == 1


@pytest.mark.parametrize("value", [{}, {"code": 1}, {"code": "x", "params": 3}])
def test_what_is_no_reason_is_not_read_as_one(value):
    with pytest.raises(ValueError, match="not a reason"):
        Reason.from_dict(value)
