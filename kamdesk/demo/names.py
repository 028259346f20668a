"""Invents people's names: family name first where it is so, with how they are read."""

from dataclasses import dataclass
from functools import cache
from random import Random

from kamdesk.demo.material import Language, read, words

Readings = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Name:
    """A name: as it is written, as it is read in Latin letters, and in its two parts."""

    written: str
    read: str
    family: str
    given: str
    family_read: str
    woman: bool
    by_given: bool = False
    """True when one says the given name to the face (Michael), in either language."""

    @property
    def given_read(self) -> str:
        """How the given name is read."""
        family = self.family_read
        return self.read.removeprefix(family + " ").removesuffix(" " + family)

    def call(self, language: Language, suffix: str) -> str:
        """Return what one calls the person in a sentence: 王总, Mr Wang, Michael."""
        if self.by_given:
            return self.given
        if language == "zh":
            return self.family + suffix
        return f"{'Ms' if self.woman else 'Mr'} {self.family_read}"


@cache
def _chinese(key: str) -> Readings:
    return words(read("names")[key])


@cache
def _abroad(culture: str, key: str) -> list[str]:
    return [name.strip() for name in read("names")["foreign"][culture][key].split(",")]


@cache
def rare() -> tuple[Name, ...]:
    """Names with characters that fonts and keyboards find hard."""
    found = []
    for row in read("names")["rare"].strip().split("\n"):
        family, given, family_read, given_read, sex = row.split()
        found.append(chinese(family, given, family_read, given_read, sex == "f"))
    return tuple(found)


def chinese(family: str, given: str, family_read: str, given_read: str, woman: bool) -> Name:
    """Return a Chinese name from its parts and their readings."""
    latin = f"{family_read} {given_read}"
    return Name(family + given, latin, family, given, family_read, woman)


def invent(chance: Random, culture: str = "") -> Name:
    """Return a name, Chinese or of a culture abroad."""
    woman = chance.random() < 0.34
    if culture == "japanese":
        family, family_read = _japanese(chance, "family")
        given, given_read = _japanese(chance, "f" if woman else "m")
        latin = f"{given_read} {family_read}"
        return Name(family + given, latin, family, given, family_read, woman)
    if culture:
        given = chance.choice(_abroad(culture, "f" if woman else "m"))
        family = chance.choice(_abroad(culture, "family"))
        return Name(f"{given} {family}", f"{given} {family}", family, given, family, woman, True)
    return _in_chinese(chance, woman)


def with_english_given(chance: Random) -> Name:
    """Return the name of a Chinese colleague in a foreign firm: Rachel Zhou."""
    woman = chance.random() < 0.5
    given = chance.choice(_abroad("english", "f" if woman else "m"))
    family = chance.choice(_chinese("surnames"))[1]
    return Name(f"{given} {family}", f"{given} {family}", family, given, family, woman, True)


def _japanese(chance: Random, key: str) -> tuple[str, str]:
    written, _, latin = chance.choice(_abroad("japanese", key)).partition(" ")
    return written, latin


def _in_chinese(chance: Random, woman: bool) -> Name:
    surnames = _chinese("double_surnames" if chance.random() < 0.015 else "surnames")
    family, family_read = surnames[int(len(surnames) * chance.random() ** 1.5)]
    sex = "f" if woman else "m"
    if chance.random() < 0.2:
        given, given_read = chance.choice(_chinese("single_" + sex))
        return chinese(family, given, family_read, given_read.capitalize(), woman)
    first, first_read = chance.choice(_chinese("first_" + sex))
    last, last_read = chance.choice(_chinese("last_" + sex))
    return chinese(family, first + last, family_read, (first_read + last_read).capitalize(), woman)
