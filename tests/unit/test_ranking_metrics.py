import math

import pytest

from eval.ranking_metrics import bootstrap, ndcg, ndcg_judged, recall, unjudged

GRADES = {"a": 3, "b": 2, "c": 1, "d": 0}


def test_the_best_order_is_1():
    assert ndcg(["a", "b", "c", "d"], GRADES) == pytest.approx(1)


def test_ndcg_is_what_it_is_by_hand():
    by_hand = (2 / math.log2(2) + 0 / math.log2(3) + 3 / math.log2(4)) / (3 + 2 / math.log2(3) + 1 / 2)
    assert ndcg(["b", "x", "a"], GRADES) == pytest.approx(by_hand)


def test_what_nobody_judged_counts_as_worthless_except_on_judged_products_only():
    assert ndcg(["x", "a"], {"a": 1}) == pytest.approx(1 / math.log2(3))
    assert ndcg_judged(["x", "a"], {"a": 1}) == 1


def test_results_beyond_the_depth_do_not_count():
    assert ndcg(["x", "y", "a"], GRADES, depth=2) == 0
    assert recall(["a", "b", "c"], GRADES, depth=2) == pytest.approx(2 / 3)


def test_a_query_without_relevant_documents_has_no_score():
    assert ndcg(["d"], {"d": 0}) == 0
    assert recall(["d"], {"d": 0}) == 0


def test_unjudged_share_is_of_what_was_returned():
    assert unjudged(["a", "x"], GRADES) == 0.5
    assert unjudged([], GRADES) == 0


def test_bootstrap_interval_holds_the_mean_and_has_no_width_where_all_agree():
    low, high = bootstrap([0.2, 0.4, 0.9, 0.5])
    assert low <= 0.5 <= high
    assert bootstrap([0.5] * 9) == (0.5, 0.5)
