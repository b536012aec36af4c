from porchlight.core.offenses import OFFENSES, Concern, OffenseGroup, offense_type


def test_codes_are_distinct_and_found():
    codes = [offense.code for offense in OFFENSES]
    assert len(set(codes)) == len(codes)
    for offense in OFFENSES:
        assert offense_type(offense.code) is offense
    assert offense_type("jaywalking") is None
    assert offense_type("") is None


def test_every_group_is_used_and_seriousness_is_one_to_four():
    assert {offense.group for offense in OFFENSES} == set(OffenseGroup)
    assert {offense.seriousness for offense in OFFENSES} == {1, 2, 3, 4}


def test_nothing_about_status_assembly_or_nuisance_is_on_the_list():
    words = " ".join(offense.code for offense in OFFENSES)
    for absent in ("immigra", "alien", "protest", "riot", "assembl", "loiter", "noise", "trespass", "suspicious",
                   "curfew", "truan", "drug", "prostit", "litter", "package", "parking", "vagran", "panhandl"):  # fmt: skip
        assert absent not in words


def test_whatever_would_point_at_the_person_harmed_is_sensitive():
    for code in (
        "sexual_assault",
        "crime_against_child",
        "human_trafficking",
        "domestic_violence",
        "stalking",
    ):
        assert offense_type(code).sensitive
    assert all(offense.sensitive for offense in OFFENSES if offense.group is OffenseGroup.SEXUAL)


def test_children_and_speech_concern_a_second_reviewer():
    assert offense_type("missing_child").concerns == {Concern.MINORS}
    assert offense_type("threat_of_violence").concerns == {Concern.SPEECH}
