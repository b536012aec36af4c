"""The draw is a function of the log alone, one in ten; and who may look again."""

import hashlib
from uuid import UUID, uuid4

import pytest

from porchlight.core.second_look import (
    LookResult,
    draw,
    is_drawn,
    may_look,
    may_reconsider,
    reconsidered,
)

A, R = LookResult.AGREED, LookResult.WOULD_REFUSE


def test_the_draw_is_what_the_document_says():
    root, request = bytes(range(32)), UUID("6f1c1c1e-0000-4000-8000-000000000001")
    expected = hashlib.sha256(b"porchlight second look v1\n" + root + request.bytes).hexdigest()
    assert draw(root, request) == int(expected, 16)
    assert is_drawn(root, request) == (int(expected, 16) < (2**256 + 9) // 10)


def test_one_in_ten():
    root = hashlib.sha256(b"root").digest()
    drawn = sum(is_drawn(hashlib.sha256(bytes([n % 251]) + root).digest(), uuid4()) for n in range(20_000))
    assert 1_800 < drawn < 2_200


@pytest.mark.parametrize("root", [b"", bytes(31), bytes(33)])
def test_a_root_has_32_bytes(root):
    with pytest.raises(ValueError, match="32 bytes"):
        draw(root, uuid4())


def test_who_approved_does_not_look_again():
    assert may_look("cy", decided_by=("ann", "bo"), ties=False)
    assert not may_look("ann", decided_by=("ann", "bo"), ties=False)
    assert not may_look("cy", decided_by=("ann",), ties=True)


@pytest.mark.parametrize(
    ("who", "answered", "allowed"),
    [
        ("cy", (), False),  # gave the second look
        ("ann", (), True),  # approved it: one of the two may
        ("di", (), True),
        ("bo", ("ann",), False),  # both who approved it: nobody new
        ("di", ("ann",), True),
        ("ann", ("di",), True),
        ("di", ("di",), False),
    ],
)
def test_two_decide_on_a_paused_one_and_one_of_them_is_new(who, answered, allowed):
    found = may_reconsider(who, looked_by="cy", decided_by=("ann", "bo"), answered_by=answered, ties=False)
    assert bool(found) is allowed


@pytest.mark.parametrize(
    ("answers", "result"), [((), None), ((A,), None), ((A, A), A), ((R,), R), ((A, R), R), ((R, R), R)]
)
def test_one_who_would_refuse_is_enough(answers, result):
    assert reconsidered(answers) == result
