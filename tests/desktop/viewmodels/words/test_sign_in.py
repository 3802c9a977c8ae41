import pytest

from cti_desktop.desktop.reasons import SignInProblem
from cti_desktop.desktop.viewmodels.words import sign_in as words


@pytest.mark.parametrize("problem", list(SignInProblem))
def test_every_problem_has_words(problem: SignInProblem) -> None:
    """Each refusal is told in words, without its code."""
    assert "_" not in words.problem(problem)
    assert words.problem(problem)


def test_no_problem_belongs_to_two_fields() -> None:
    """An error stands beside one field."""
    assert not words.URL_FIELD & words.CODE_FIELD
