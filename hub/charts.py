"""Bars that the server draws: a picture of figures without a script, to stand beside the figures themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 720
HEIGHT: Final = 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 48, 4, 12, 28
_GAP = 0.2  # of a column
_MAX_LABELS = 8


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure as a rectangle; `shown_label` stands below it where there is room."""

    label: str
    value: int
    x: float
    y: float
    width: float
    height: float
    middle: float
    shown_label: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line across the picture with its figure."""

    value: int
    y: float


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars beside each other over a scale that begins at nothing."""

    bars: tuple[Bar, ...]
    lines: tuple[Line, ...]
    total: int
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    right: int = WIDTH - _RIGHT
    label_y: int = HEIGHT - 8


def bar_chart(figures: Sequence[tuple[str, int]]) -> BarChart:
    """Return the bars of labelled figures, in their order."""
    ticks = ticks_up_to(max((value for _, value in figures), default=0))
    room = HEIGHT - _TOP - _BOTTOM
    column = (WIDTH - _LEFT - _RIGHT) / max(len(figures), 1)
    every = -(-len(figures) // _MAX_LABELS) or 1

    def height(value: int) -> float:
        return round(room * value / ticks[-1], 1)

    bars = tuple(
        Bar(
            label=label,
            value=value,
            x=round(_LEFT + column * (number + _GAP / 2), 1),
            y=round(_TOP + room - height(value), 1),
            width=round(column * (1 - _GAP), 1),
            height=height(value),
            middle=round(_LEFT + column * (number + 0.5), 1),
            shown_label=label if number % every == 0 else "",
        )
        for number, (label, value) in enumerate(figures)
    )
    lines = tuple(Line(value=tick, y=round(_TOP + room - height(tick), 1)) for tick in ticks)
    return BarChart(bars=bars, lines=lines, total=sum(value for _, value in figures))


def ticks_up_to(highest: int) -> list[int]:
    """Return from two to six round figures, from 0 to the first that is not below the highest."""
    step = 1
    while step * 5 < highest:
        digits = str(step)
        step = step * 5 // 2 if digits.startswith("2") else step * 2
    count = max(-(-highest // step), 1)
    return [step * number for number in range(count + 1)]
