import json
from dataclasses import replace

import pytest
from tests.seal import vectors

from porchlight.seal import canonical
from porchlight.seal.errors import SealError
from porchlight.seal.keys import Signature, SigningKey
from porchlight.seal.manifest import read_manifest
from porchlight.seal.receipt import Shown, ShownPlace, read_receipt
from porchlight.seal.vouching import vouch, vouched

VECTORS = vectors.load("documents.json")
READERS = {"manifest": read_manifest, "receipt": read_receipt}


@pytest.mark.parametrize("vector", VECTORS["signed"], ids=lambda vector: vector["kind"])
def test_documents_are_read_hashed_and_signed_alike(vector):
    document = READERS[vector["kind"]](canonical.decode(vector["canonical"].encode()))
    assert document.encoded().decode() == vector["canonical"]
    assert document.sha256() == vector["sha256"]
    signature = document.signed(SigningKey.from_seed(bytes.fromhex(vector["seed"])))
    assert signature == Signature(key=vector["key"], signature=vector["signature"])
    document.check(signature)


@pytest.mark.parametrize(
    "vector", VECTORS["refused"], ids=lambda vector: f"{vector['kind']}: {vector['name']}"
)
def test_documents_out_of_shape_are_refused(vector):
    with pytest.raises(SealError) as refused:
        READERS[vector["kind"]](vector["document"])
    assert refused.value.code == vector["code"]


def test_a_signature_is_for_one_document_of_one_kind():
    manifest_vector, receipt_vector = VECTORS["signed"][0], VECTORS["signed"][-1]
    manifest = read_manifest(json.loads(manifest_vector["canonical"]))
    signature = Signature(key=manifest_vector["key"], signature=manifest_vector["signature"])
    key = SigningKey.from_seed(bytes.fromhex(manifest_vector["seed"]))
    others = [
        Signature(key=signature.key, signature=receipt_vector["signature"]),
        Signature(key=receipt_vector["key"], signature=signature.signature),
        Signature(key="00" * 32, signature="00" * 64),
        key.sign("receipt", manifest.encoded()),
        key.sign("manifest", manifest.encoded() + b" "),
    ]
    for other in others:
        with pytest.raises(SealError) as refused:
            manifest.check(other)
        assert refused.value.code == "bad_signature"
    with pytest.raises(SealError) as refused:
        replace(manifest, made="captured").check(signature)
    assert refused.value.code == "bad_signature"


def test_a_document_that_could_not_be_read_is_not_written():
    receipt = read_receipt(json.loads(VECTORS["signed"][-1]["canonical"]))
    for shown in (Shown(name=""), Shown(contact="a\nb"), Shown(place=ShownPlace("exact", "x" * 201))):
        with pytest.raises(SealError):
            replace(receipt, shown=shown).encoded()


def test_a_household_vouches_for_what_the_server_keeps():
    vector = VECTORS["vouched"]
    secret, purpose, text, tag = (vector[name] for name in ("secret", "purpose", "text", "tag"))
    assert vouch(secret, purpose, text) == tag
    assert vouched(secret, purpose, text, tag)
    assert not vouched(secret, purpose, text + "x", tag)
    assert not vouched(secret, "other", text, tag)
    assert not vouched(secret.replace("Q", "P"), purpose, text, tag)
