from tests.server.video_requests.conftest import (  # noqa: F401 - the same fixtures
    agents,
    clock,
    reviewer,
    second_reviewer,
)
