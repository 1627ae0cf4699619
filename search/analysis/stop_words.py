"""Function words of each language: kept in the index, for quotes hold them, but a question is not decided by them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_BULGARIAN: Final = """
а ако ала бе без беше би бива бил била били било бих биха бихме бихте близо бъда бъдат бъде бъдем бъдете бъдеш бях бяха
бяхме бяхте в вас ваш ваша ваше ваши вече ви вие во все всеки всички всичко всяка всякакъв всяко във върху г ги го да
дали до докато дори е едва един една едни едно ето за зад заради засега затова защо защото и из или им има имат ѝ й
как каква какви какво какъв като кога когато когото което които кой който колко която къде където към ли между ме мен
мене ми мой моя може могат му н на над най нас наш наша наше наши не него нея нещо ни ние никой нито но някак някаква
някакви някакво някакъв някои някой някоя няколко няма нямат о обаче около онази онези онова от относно още по под
понеже поради после почти пред през при про пък с са сам само се сега си след сме спрямо според сред срещу сте съм със
също т та така така такава такива такова такъв там твой те тебе тези ти тия то това тогава този той толкова точно трябва
ту тук тъй тя тях у че чий чия чрез ще щом щото що як я
"""
_ENGLISH: Final = """
a about above after again against all am an and any are as at be because been before being below between both but by
can could did do does doing down during each few for from further had has have having he her here hers herself him
himself his how i if in into is it its itself just may me might more most must my myself no nor not now of off on once
only or other our ours ourselves out over own same shall she should so some such than that the their theirs them
themselves then there these they this those through to too under until up upon us very was we were what when where
which while who whom why will with would you your yours yourself yourselves
"""

STOP_WORDS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {"bg": frozenset(_BULGARIAN.replace("ѝ", "и").split()), "en": frozenset(_ENGLISH.split())}
)
"""Folded function words by language."""

ALL_STOP_WORDS: Final = frozenset().union(*STOP_WORDS.values())
"""Folded function words of any language."""
