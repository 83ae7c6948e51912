"""Every number that can be asked for has a range, with both ends; what is out of it is refused in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, get_args

import annotated_types
import click
import numpy as np
import pytest
from pydantic import BaseModel

import benang
from benang.cli.commands import COMMANDS
from benang.cli.commands import benang as command_line
from benang.cli.options import within
from benang.errors import BenangError
from benang.maps import Map
from benang.network.network import Network, symmetric, with_link_weights
from benang.project.toml_files import read_toml
from benang.ranges import MOST, RANGES, Range, check
from benang.records.corpus import Corpus, corpus_of
from benang.records.record import Record
from benang.review.plan import Plan

pytestmark = pytest.mark.fast

NO_NUMBERS = ("nan", "inf", "-inf", "1e309", "-1e309", "", "abc", "1" * 5000, "-1e30", "1e30", "9" * 31)


def _numbers() -> Iterator[tuple[str, click.Option, click.ParamType[Any]]]:
    context = click.Context(command_line)
    for name in sorted(COMMANDS):
        command = command_line.get_command(context, name)
        assert command is not None
        for option in command.params:
            kinds = option.type.types if isinstance(option.type, click.Tuple) else [option.type]
            for kind in kinds:
                if isinstance(kind, click.types.IntParamType | click.types.FloatParamType):
                    assert isinstance(option, click.Option)
                    yield name, option, kind


def test_every_option_that_takes_a_number_refuses_what_is_none() -> None:
    """NaN, infinity, nothing, words, numbers of five thousand digits, and numbers beyond all that is counted."""
    options = list(_numbers())
    taken = []
    for name, option, kind in options:
        for text in NO_NUMBERS:
            try:
                taken.append((name, option.name, text, kind.convert(text, option, None)))
            except click.BadParameter:
                continue
    assert len(options) > 60
    assert taken == []


def test_every_option_that_takes_a_number_has_a_range_of_the_library() -> None:
    """None is a bare whole number or fraction, and none has a range of its own."""
    own = {repr(within(name)) for name in RANGES} | {
        repr(within(name, whole=True)) for name in ("attraction", "repulsion")
    }
    assert {(name, option.name) for name, option, kind in _numbers() if repr(kind) not in own} == set()


def _fields(model: type[BaseModel]) -> Iterator[tuple[str, Any]]:
    for name, field in model.model_fields.items():
        yield f"{model.__name__}.{name}", field
        for inner in _models(field.annotation):
            yield from _fields(inner)


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type):
        return [annotation] if issubclass(annotation, BaseModel) else []
    return [model for one in get_args(annotation) for model in _models(one)]


def test_every_number_of_the_plan_has_a_range() -> None:
    """Both ends, so that neither infinity nor a number of thousands of digits passes; NaN is in no range."""
    numbers = {
        name: field
        for name, field in _fields(Plan)
        if {int, float} & {field.annotation, *get_args(field.annotation)} - {bool}
    }
    assert len(numbers) > 40
    for name, field in numbers.items():
        ends = {type(one) for one in field.metadata}
        assert annotated_types.Le in ends, name
        assert ends & {annotated_types.Ge, annotated_types.Gt}, name


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "1e308", "0", "-1", '""', "1" * 400])
def test_the_plan_refuses_a_resolution_out_of_range(tmp_path: Path, value: str) -> None:
    """TOML knows infinity and NaN, and numbers of any length; the message names line and key."""
    plan = f'title = "A"\nquestion = "B?"\n[[maps]]\nname = "m"\nitems = "author-keywords"\nresolution = {value}\n'
    (tmp_path / "review.toml").write_text(plan, encoding="utf-8")
    with pytest.raises(BenangError, match=r"review\.toml, line 6, .*resolution.*expected a number"):
        read_toml(tmp_path / "review.toml", Plan)


def test_a_range_says_what_it_holds() -> None:
    """Whole numbers of numpy count, truth and text do not; the upper end of counts is said where it is passed."""
    wanted = Range(1, MOST, whole=True)
    assert np.int64(5) in wanted
    assert 5.0 in wanted
    assert all(
        value not in wanted for value in (True, "5", 1.5, float("nan"), float("inf"), 10**30, 0, None, [1], np.ones(2))
    )
    assert wanted.expected(0) == "a whole number from 1"
    assert wanted.expected(10**30) == "a whole number from 1 to 1,000,000,000"
    with pytest.raises(BenangError, match="found a number of 5000 digits"):
        check(top=10**4999)


def _corpus() -> Corpus:
    keywords = ("market", "night", "food")
    return corpus_of(
        [Record(f"r{n}", title="Night markets", year=2000 + n, author_keywords=keywords) for n in range(4)]
    )


def _map() -> Map:
    network = with_link_weights(Network(("a", "b", "c"), ("a", "b", "c"), symmetric(3, [0, 1], [1, 2], [2.0, 1.0])))
    return Map(network, np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]]), np.array([1, 1, 2]))


def _scored() -> Map:
    made = _map()
    return replace(made, network=replace(made.network, scores={"Links": np.array([1.0, 2.0, 3.0])}))


SIZES = ("item_size_variation", "link_size_variation", "label_size_variation")
CALLS: dict[str, tuple[Callable[..., object], Callable[[], object], tuple[str, ...]]] = {
    "keywords": (
        benang.cooccurrence_network, _corpus, ("min_occurrences", "min_citations", "top", "most_per_record"),
    ),
    "coupling": (benang.coupling_network, _corpus, ("min_documents", "min_citations", "top", "threshold")),
    "citation": (benang.citation_network, _corpus, ("min_documents", "min_citations", "top", "threshold")),
    "co-citation": (benang.cocitation_network, _corpus, ("min_citations", "top", "threshold")),
    "map": (
        benang.vos_map, lambda: _map().network,
        ("resolution", "starts", "cluster_starts", "seed", "min_cluster_size", "attraction", "repulsion"),
    ),
    "layout": (benang.vos_layout, lambda: _map().network.links, ("starts", "seed", "attraction", "repulsion")),
    "clusters": (benang.leiden_clustering, lambda: _map().network.links, ("resolution", "starts", "seed")),
    "labels": (partial(benang.propose_labels, cluster=[1, 1, 2]), lambda: _map().network, ("words",)),
    "page": (benang.plot_map, _map, ("width", "height", "dpi", "scale", "zoom", *SIZES)),
    "links": (benang.plot_map, _map, ("label_length", "max_links", "min_link_strength")),
    "overlay": (partial(benang.plot_overlay, score="Links"), _scored, ("low", "high")),
    "density": (benang.plot_density, _map, ("kernel_width", "width")),
    "stability": (benang.map_stability, _map, ("runs", "seed")),
    "slices": (benang.time_slices, _map, ("n",)),
    "figures": (benang.describe, _corpus, ("top", "last_full")),
}  # fmt: skip


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf"), 10**40, -(10**40), 1e308, "5"])
def test_functions_refuse_what_is_out_of_range(name: str, value: object) -> None:
    """Each argument in words, before anything is computed."""
    function, first, arguments = CALLS[name]
    for argument in arguments:
        with pytest.raises(BenangError, match=r"expected a (number|whole number)"):
            function(first(), **{argument: value})
