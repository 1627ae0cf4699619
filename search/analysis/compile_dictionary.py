r"""Compiles the dictionary of Bulgarian from its sources into the one file that is read at run time.

    python -m search.analysis.compile_dictionary bg_BG.aff bg_BG.dic simplemma.tsv \
        search/analysis/data/irregular.txt search/analysis/data/bulgarian.txt.gz

The sources and how to get them are told in `data/README.md`.
"""

import argparse
import functools
import gzip
import logging
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from pathlib import Path
from typing import Final

from .dictionary import HEADER, LONGEST_ENDING, Rule
from .normalisation import fold
from .stop_words import STOP_WORDS

logger = logging.getLogger(__name__)

type Lexicon = dict[str, set[str]]
"""Every form of each lemma."""

_CYRILLIC_WORD: Final = re.compile("[а-я]+")
_DEGREE: Final = re.compile("^(?:по|най)-")
_REFLEXIVE: Final = re.compile("-с[еи]$")
_AFFIX_FIELDS: Final = 5
_WRITTEN_PREFIXES: Final = """
в во във въз възпро вън до доиз за из изо изпо на над надо не о об обез от ото по поз поиз пона поо поот пораз пре пред
предо при про противо раз разо с само со спо съ съпри у
"""
_VERB_PREFIXES: Final = tuple(_WRITTEN_PREFIXES.split())
_FUNCTION_WORDS: Final = STOP_WORDS["bg"]
_LEAST_IN_COMMON: Final = 2
"""Letters with which a word that bends and its function word begin: «има» and «имам», not «състезава» and «се»."""
_SHORTEST_ADOPTING: Final = 4
_SHORTEST_STEM: Final = 3
"""Letters of a word that is given further forms, and of what they have in common: «да» is no root of «дело»."""
_SOFTENED: Final = re.compile("ци(?:те)?$")
"""Ends a plural that hunspell lists under another word: «заговорници» under «заговорница»."""
_EVIDENCE: Final = 5
"""Forms with an ending that must be known before the ending may guess."""
_SHARE: Final = 0.08
"""Share of the evidence that a rule must have to be guessed."""
_MOST_RULES: Final = 8
_MOST_LEFT_OUT: Final = 2
"""Letters by which a form is shorter than its lemma, at most; a shorter one («млн») is no pattern for other words."""
_TOO_LONG: Final[Rule] = (-1, "")
"""Stands for rules that change more letters than an ending has."""


def read_hunspell(affixes: Path, words: Path) -> tuple[Lexicon, set[str]]:
    """Return the forms of each entry of a hunspell dictionary, and the common words that take no affix."""
    suffixes: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for line in affixes.read_text(encoding="utf-8").splitlines():
        fields = line.split()
        if fields[:1] == ["SFX"] and len(fields) >= _AFFIX_FIELDS:
            suffixes[fields[1]].append((fields[2].replace("0", ""), fields[3].replace("0", "")))
    lexicon: Lexicon = defaultdict(set)
    bare: set[str] = set()
    for line in words.read_text(encoding="utf-8").splitlines()[1:]:
        entry, _, flags = line.strip().partition("/")
        if not _CYRILLIC_WORD.fullmatch(lemma := fold(entry)):
            continue
        if not flags and entry.islower():
            bare.add(lemma)
        lexicon[lemma].add(lemma)
        for strip, add in (suffix for flag in flags for suffix in suffixes[flag] if entry.endswith(suffix[0])):
            lexicon[lemma].add(fold(entry[: len(entry) - len(strip)] + add))
    return lexicon, bare


def read_pairs(path: Path) -> Lexicon:
    """Return the forms of each lemma in a file of lines `form<TAB>lemma`, without degrees and reflexive particles.

    What only folding turns into another form of the file is left out: «по̂т», an old spelling of «път», is not «пот».
    """
    lexicon: Lexicon = defaultdict(set)
    pairs = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    spelled = {pair[0].lower() for pair in pairs}
    for pair in pairs:
        if pair[0].lower() != fold(pair[0]) in spelled:
            continue
        form, lemma = (_REFLEXIVE.sub("", _DEGREE.sub("", fold(field))) for field in pair)
        if _CYRILLIC_WORD.fullmatch(form) and _CYRILLIC_WORD.fullmatch(lemma) and not _is_leftover(form, lemma):
            lexicon[lemma] |= {form, lemma}
    return lexicon


def _is_leftover(form: str, lemma: str) -> bool:
    """Return whether the lemma is what was left of several words: «се» of «състезавам се»."""
    alien = len(common_start(form, lemma)) < _LEAST_IN_COMMON
    return alien and lemma in _FUNCTION_WORDS and form not in _FUNCTION_WORDS


def read_irregular(path: Path) -> Lexicon:
    """Return the forms of each lemma in a file of lines `stems | endings`, as the file itself explains."""
    lexicon: Lexicon = defaultdict(set)
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        stems, endings = (fields.split() for fields in line.split("|"))
        for stem in (stem.replace("-", "") for stem in stems):
            forms = [fold(stem + ending.replace("0", "")) for ending in endings]
            lexicon[forms[0]].update(forms)
    return lexicon


def merge(*lexicons: Lexicon) -> Lexicon:
    """Return the forms that any of the lexicons knows for each lemma."""
    merged: Lexicon = defaultdict(set)
    for lexicon in lexicons:
        for lemma, forms in lexicon.items():
            merged[lemma] |= forms
    return merged


def adopt_bare_forms(lexicon: Lexicon, bare: Iterable[str]) -> int:
    """Give forms listed without a lemma to the prefixed verb that they belong to, and return how many.

    Hunspell lists irregular verbs form by form. Where «вляза» is known with its forms, «навлезеше» is «на» and a form
    of «вляза», and so belongs to «навляза» if that is listed too.
    """
    lemmas: dict[str, set[str]] = defaultdict(set)
    for lemma, forms in lexicon.items():
        for form in forms:
            lemmas[form].add(lemma)
    adopted = 0
    for form in sorted(bare, key=lambda form: (len(form), form)):
        if lemmas[form] != {form}:
            continue
        for prefix in (prefix for prefix in _VERB_PREFIXES if form.startswith(prefix)):
            for root in lemmas.get(form[len(prefix) :], set()):
                lemma = prefix + root
                if lemma != form and lemma in lexicon and len(root) > 2:
                    lexicon[lemma].add(form)
                    lemmas[form].add(lemma)
        adopted += lemmas[form] != {form}
    return adopted


def adopt_by_ending(lexicon: Lexicon, bare: set[str], settled: Set[str] = frozenset()) -> int:
    """Give forms listed without a lemma to a word listed beside them that their ending points to; return how many.

    Hunspell lists «заговорник», «заговорника», «заговорникът» as three words, and leaves out «заговорници», which
    «заговорница» covers: to a word that got forms in this way, such plurals of other words are given too. Nothing is
    given to function words and to what is hardly a stem, and no form whose words are settled: «никого» is of «никой».
    """
    guesses = learn_guesses(lexicon)
    bare = {word for word in bare if len(word) >= _SHORTEST_ADOPTING and word not in _FUNCTION_WORDS}

    def lemmas_in(candidates: set[str], form: str) -> set[str]:
        rules = guesses.get(form) or _inherited(form[-LONGEST_ENDING - 1 :], guesses) or ()
        stems = ((form[: len(form) - strip], add) for strip, add in rules)
        return {stem + add for stem, add in stems if len(stem) >= _SHORTEST_STEM} & candidates - {form}

    orphans = sorted(form for form in bare - settled if lexicon[form] == {form})
    adopted = [(lemma, form) for form in orphans for lemma in lemmas_in(bare, form)]
    counts = Counter(lemma for lemma, _ in adopted)
    families = {lemma for lemma, count in counts.items() if count > 1}
    forms = {form for forms in lexicon.values() for form in forms}
    plurals = (form for form in forms if _SOFTENED.search(form))
    adopted += [(lemma, form) for form in plurals for lemma in lemmas_in(families, form)]
    for lemma, form in adopted:
        lexicon[lemma].add(form)
    return len(set(adopted))


def common_start(first: str, second: str) -> str:
    """Return the letters with which both words begin."""
    length = 0
    while length < min(len(first), len(second)) and first[length] == second[length]:
        length += 1
    return first[:length]


def paradigms_of(lexicon: Lexicon) -> tuple[list[tuple[str, tuple[str, ...]]], dict[str, set[int]]]:
    """Return the distinct paradigms, the most used first, and the numbers of those that each stem takes."""
    found: dict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)
    for lemma, forms in lexicon.items():
        stem = functools.reduce(common_start, forms, lemma)
        endings = tuple(sorted(form[len(stem) :] for form in forms))
        found[lemma[len(stem) :], endings].append(stem)
    ordered = sorted(found, key=lambda paradigm: (-len(found[paradigm]), paradigm))
    stems: dict[str, set[int]] = defaultdict(set)
    for number, paradigm in enumerate(ordered):
        for stem in found[paradigm]:
            stems[stem].add(number)
    return ordered, stems


def rule_of(form: str, lemma: str) -> Rule:
    """Return the rule that makes the form into the lemma."""
    common = len(common_start(form, lemma))
    return len(form) - common, lemma[common:]


def learn_guesses(lexicon: Lexicon) -> dict[str, tuple[Rule, ...]]:
    """Return the likely rules for each ending, leaving out endings that say what the shorter ending says.

    A form counts the less the more forms its lemma has: verbs have fifty, and would drown the nouns.
    """
    evidence: Counter[str] = Counter()
    weights: dict[str, Counter[Rule]] = defaultdict(Counter)
    for lemma, forms in lexicon.items():
        if len(forms) == 1:
            continue
        weight = len(forms) ** -0.5
        for form in forms:
            rule = rule_of(form, lemma)
            if len(lemma) - len(form) > _MOST_LEFT_OUT:
                continue
            for length in range(min(LONGEST_ENDING, len(form)) + 1):
                ending = form[len(form) - length :]
                evidence[ending] += 1
                if length >= rule[0]:
                    weights[ending][rule] += weight
                else:
                    weights[ending][_TOO_LONG] += weight
    guesses: dict[str, tuple[Rule, ...]] = {}
    for ending in sorted(evidence, key=lambda ending: (len(ending), ending)):
        if evidence[ending] >= _EVIDENCE:
            rules = _likely(weights[ending])
            if rules != _inherited(ending, guesses):
                guesses[ending] = rules
    return guesses


def _likely(weights: Counter[Rule]) -> tuple[Rule, ...]:
    """Return the rules with a fair share of the weight, the heaviest first."""
    total = weights.total()
    ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    return tuple(rule for rule, weight in ranked[:_MOST_RULES] if rule != _TOO_LONG and weight / total >= _SHARE)


def _inherited(ending: str, guesses: Mapping[str, tuple[Rule, ...]]) -> tuple[Rule, ...] | None:
    """Return the rules of the longest shorter ending that has its own."""
    for start in range(1, len(ending) + 1):
        if ending[start:] in guesses:
            return guesses[ending[start:]]
    return None


def written(lexicon: Lexicon) -> Iterator[str]:
    """Return the lines of the compiled file."""
    paradigms, stems = paradigms_of(lexicon)
    guesses = learn_guesses(lexicon)
    logger.info("compiled", extra={"paradigms": len(paradigms), "stems": len(stems), "guesses": len(guesses)})
    yield HEADER
    yield from (f"{lemma}\t{','.join(endings)}" for lemma, endings in paradigms)
    yield ""
    yield from (f"{stem}\t{','.join(map(str, sorted(stems[stem])))}" for stem in sorted(stems))
    yield ""
    for ending in sorted(guesses):
        yield f"{ending}\t{','.join(f'{strip}{add}' for strip, add in guesses[ending])}"
    yield ""


def compile_dictionary(affixes: Path, words: Path, pairs: Path, irregular: Path, target: Path) -> None:
    """Write the compiled dictionary of the given sources."""
    hunspell, bare = read_hunspell(affixes, words)
    bent = read_irregular(irregular)
    lexicon = merge(hunspell, read_pairs(pairs), bent)
    by_prefix = adopt_bare_forms(lexicon, bare)
    by_ending = adopt_by_ending(lexicon, bare, settled=set().union(*bent.values()))
    logger.info("adopted %d forms by their prefix, %d by their ending", by_prefix, by_ending)
    target.write_bytes(gzip.compress("\n".join(written(lexicon)).encode(), mtime=0))


def main() -> None:
    """Compile the dictionary that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("affixes", type=Path, help="hunspell's bg_BG.aff")
    parser.add_argument("words", type=Path, help="hunspell's bg_BG.dic")
    parser.add_argument("pairs", type=Path, help="lines of form, tab, lemma")
    parser.add_argument("irregular", type=Path, help="lines of stems and endings: data/irregular.txt")
    parser.add_argument("target", type=Path, help="the compiled file")
    logging.basicConfig(level=logging.INFO)
    compile_dictionary(**vars(parser.parse_args()))


if __name__ == "__main__":
    main()
