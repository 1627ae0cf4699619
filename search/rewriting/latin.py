"""Bulgarian words in Latin letters, as the law writes them and as people do: «uchastie», «u4astie», «uchastiq».

A Latin word is a chain of groups, each of which may stand for several Cyrillic ones, the more unusual at a higher cost.
The cheapest chains are followed to their ends first: those that begin words of the dictionary, and beside them any, for
words that no dictionary has.
"""

import heapq
import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final

from search.analysis import begins_known_word, is_known

MAX_STEPS: Final = 600  # chains looked at for one word, whatever its letters
MAX_KNOWN: Final = 12
MAX_UNKNOWN: Final = 24
LONGEST: Final = 40  # letters of a word that is worth reading

WORD: Final = re.compile("[A-Za-z0-9]*[A-Za-z][A-Za-z0-9]*")
"""A word in Latin letters; digits stand for letters in it, never alone."""

type Costs = dict[str, float]
"""Words with what it costs to believe in them."""

# A line says what a Latin group stands for, after a colon what it costs to read it so: the official system nothing.
_WRITTEN: Final = """
a а ъ:.4 я:1.8
b б
c ц:.1 ч:.8 к:1.2 с:1.5
d д
e е э:3
f ф
g г ж:1.8
h х
i и й:.5
j ж:.2 й:.4 дж:.8
k к
l л
m м
n н
o о
p п
q я:.1 к:2.5
r р
s с ш:1.8
t т
u у ъ:.3 ю:1.2
v в
w в:.1 ш:1
x х:.3 кс:.2 ж:1.8
y ъ:.2 й у:.3 и:1.6 ь:1.4
z з ж:1
0 о:2
3 з:1.5
4 ч:.1
6 ш:.1
8 в:2
9 я:2
ch ч
sh ш
sch щ:.6
zh ж
kh х:.4
gh г:.8
gj дж:1.2
dj дж:.1
dzh дж
ts ц
tz ц:.2
tc ц:.8
ck к:1
ph ф:1
th т:1
ya я йа:1
ia ия я:.4
ja я:.2 йа:.6
iya ия
iq ия:.1
iia ия:.2
ija ия:.2
aq ая:.1
yu ю йу:1
iu ю:.3 иу:.2 ию:.8
ju ю:.2 жу:.2 йу:.6
yo йо ьо
io ио ьо:.5 йо:.5
jo йо:.2 ьо:.2 жо:.2
ye йе:.3 е:1
ie ие йе:.8
je же:.2 йе:.4
ii ии:.1 ий:.1
iy ий
ij ий:.2 иж:.2
sht щ шт:.3
6t щ:.1 шт:.4
6h ш:1
4h ч:1
oo оо у:1.2
ee ее и:1.5
"""
_GROUPS: Final[dict[str, tuple[tuple[str, float], ...]]] = {}
for _latin, *_choices in (line.split() for line in _WRITTEN.strip().splitlines()):
    _parts = (choice.partition(":") for choice in _choices)
    _GROUPS[_latin] = tuple((cyrillic, float(cost or 0)) for cyrillic, _, cost in _parts)
_LONGEST_GROUP: Final = max(map(len, _GROUPS))
_CUSTOMARY: Final = {"bulgaria": "българия"}  # written by custom and not by the system (article 6 of the law)


def known_readings(word: str) -> Costs:
    """Return the words of the dictionary that a Latin word may stand for, the cheapest first."""
    folded = word.lower()
    if folded in _CUSTOMARY:
        return {_CUSTOMARY[folded]: 0.0}
    chains = _chains(folded, begins_known_word)
    return dict(islice(((text, cost) for text, cost in chains if is_known(text, "bg")), MAX_KNOWN))


def likely_readings(word: str) -> Costs:
    """Return what a Latin word most likely stands for, whether a dictionary has it or not, the cheapest first."""
    return dict(islice(_chains(word.lower(), None), MAX_UNKNOWN))


def beginnings(word: str, may_begin: Callable[[str], bool]) -> Costs:
    """Return what a Latin beginning may stand for among the words that may begin so, the cheapest first."""
    return dict(islice(_chains(word.lower(), may_begin), MAX_KNOWN))


def _chains(word: str, may_begin: Callable[[str], bool] | None) -> Iterator[tuple[str, float]]:
    """Yield what the whole word may stand for, each once, the cheapest first."""
    if len(word) > LONGEST:
        return
    waiting = [(0.0, 0, "")]  # cost, how much of the word is left to read (as a negative number), what was read
    seen = {(0, "")}
    for _ in range(MAX_STEPS):
        if not waiting:
            return
        cost, place, text = heapq.heappop(waiting)
        if -place == len(word):
            yield text, round(cost, 3)
            continue
        for length in range(1, min(_LONGEST_GROUP, len(word) + place) + 1):
            for letters, more in _GROUPS.get(word[-place : length - place], ()):
                longer = text + letters
                if (place - length, longer) in seen or (may_begin and not may_begin(longer)):
                    continue
                seen.add((place - length, longer))
                heapq.heappush(waiting, (cost + more, place - length, longer))
