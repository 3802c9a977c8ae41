from tests.bench.report import shortcomings


def test_a_benchmark_that_failed_is_no_goal_met() -> None:
    """What was missed and what gave no figures is both named; only a whole run without either is good."""
    fast = {"what": "pop", "met": True}
    slow = {"what": "start", "met": False}
    untold = {"what": "rows", "met": None}
    assert shortcomings(["a", "b"], {"a": [fast, untold], "b": [fast]}) == []
    assert shortcomings(["a", "b"], {"a": [fast, slow]}) == ["missed: start", "failed: b"]
