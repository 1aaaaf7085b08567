"""Where people are mentioned: roster names, misheard ones, and names no roster holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.names.alone import ALSO_WORDS, first_name_alone, set_off
from models.names.nicknames import nicknamed
from models.names.said import SpokenTurn, Token, key_of, tokens_of
from models.names.sounds import alike, could_be, likeness
from models.names.surnames import another_surname
from models.names.titles import STRONG_TITLES, TITLES, after_title, key_of_word, words_of
from transcripts.meeting import Meeting, Person

NOT_NAMES = frozenset(
    "chair chairman chairwoman chairperson speaker president minister mayor leader clerk director "
    "officer members member for of the and is are was to in on i you we he she it this that my "
    "has have had will would can could who what when from at by not so as secretary prime deputy "
    "do did does if but or a an".split()
)


UNTELLING_ROLES = frozenset(
    (r,)
    for r in "chair chairman member members councillor councilmember speaker substitute clerk "
    "witness".split()
)
# Before an office these make it another's.
UNDER = frozenset("deputy vice assistant associate shadow former previous".split())


@dataclass(frozen=True, slots=True)
class Known:
    """A person as mentions find them: ``id`` is the roster's name, or ``?`` and a surname."""

    id: str
    first: tuple[str, ...]
    last: tuple[str, ...]
    forms: tuple[tuple[str, ...], ...] = ()  # other forms of names, as aliases have them
    roles: tuple[tuple[str, ...], ...] = ()
    silent: bool = False  # sent apologies: can be spoken of but does not speak


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens ``[first, last)`` of a turn that name one of ``people``.

    ``how`` is ``full``, ``surname`` (after a title), ``first``, ``bare`` (surname alone), ``role``
    or ``unknown``.
    """

    first: int
    last: int
    how: str
    people: tuple[str, ...]
    exact: bool = True

    @property
    def person(self) -> str:
        """Who is meant, empty where the roster has several it could be."""
        return self.people[0] if len(self.people) == 1 else ""


def known_people(meeting: Meeting) -> list[Known]:
    """Everybody on the roster in the form in which they are looked for."""
    return [_known(p) for p in meeting.people]


def _known(person: Person) -> Known:
    *given, family = words_of(person.name)
    keys = [t.key for word in given for t in tokens_of(word)]
    surname = [t.key for t in tokens_of(family)]
    forms, roles = [], []
    for alias in (*person.aliases, person.role):
        form = tuple(t.key for t in tokens_of(alias))
        bare = tuple(k for k in form if k not in TITLES)
        if bare and set(bare) & {*keys, *surname}:
            forms.append(bare)
        elif form and form not in (("member",), ("councillor",)):
            roles.append(form)
    # an initial is nobody's spoken name: "2 p.m." names no M. Quill
    first, last = tuple(k for k in keys if len(k) > 1), tuple(surname)
    return Known(person.name, first, last, tuple(forms), tuple(roles), not person.may_speak)


def spoken_roles(roles: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """A role in full and as people are addressed by it: "minister for education", "minister"."""
    found: list[tuple[str, ...]] = []
    for role in roles:
        head = role
        for joint in ("for", "of", "at", "in", "and"):
            if joint in head:
                head = head[: head.index(joint)]
        found += [role, head] if head else [role]
    return [r for r in dict.fromkeys(found) if r not in UNTELLING_ROLES]


class Finder:
    """Finds mentions of known people, and of unknown ones after a title."""

    def __init__(self, people: Sequence[Known]) -> None:
        self.people = list(people)
        silent = {k.id for k in people if k.silent}
        lasts = _speaking(_index((k.last, k.id) for k in people if k.last), silent)
        self._lasts = _with_alike(lasts, silent)
        self._firsts = _with_alike(_speaking(_index(_given(people)), silent), silent)
        self._nicknames = nicknamed((keys[0], person) for keys, person in _given(people))
        self._firsts |= {(n,): (person,) for n, person in self._nicknames.items()}
        whole = _index((k.first, k.id) for k in people if len(k.first) > 1)
        self._whole_firsts = _speaking(whole, silent)
        self._started: dict[str, list[Known]] = {}
        self._roles = _unique(_index((r, k.id) for k in people for r in spoken_roles(k.roles)))

    def mentions(self, turn: SpokenTurn) -> list[Mention]:
        """Mentions in order, none overlapping another."""
        found: list[Mention] = []
        at = 0
        while at < len(turn.tokens):
            mention = self._at(turn.tokens, at)
            if mention:
                found.append(mention)
                at = mention.last
            else:
                at += 1
        return found

    def _at(self, tokens: Sequence[Token], at: int) -> Mention | None:
        title = after_title(tokens, at)
        if title > at:
            return self._titled(tokens, at, title) or self._role(tokens, at)
        full = self._full(tokens, at, at)
        if full:
            return full
        return self._role(tokens, at) or self._alone(tokens, at)

    def _titled(self, tokens: Sequence[Token], at: int, name: int) -> Mention | None:
        """A title and a name: known, misheard or unknown."""
        full = self._full(tokens, at, name)
        if full:
            return full
        if not could_be_name(tokens, at, name):
            return None
        for size in (3, 2, 1):
            keys = tuple(t.key for t in tokens[name : name + size])
            if len(keys) == size and keys in self._lasts:
                return Mention(at, name + size, "surname", self._lasts[keys])
        return self._misheard(tokens, at, name) or self._unknown(tokens, at, name)

    def _misheard(self, tokens: Sequence[Token], at: int, name: int) -> Mention | None:
        """All whose surname one or two words after a title can be."""
        best: tuple[float, int] = (0.0, 0)
        near: dict[int, tuple[str, ...]] = {}
        for size in (1, 2):
            heard = "".join(t.key for t in tokens[name : name + size])
            if len(tokens) < name + size or (size == 1 and heard in NOT_NAMES):
                continue
            for last, ids in self._lasts.items():
                name_of = "".join(last)
                score = 0.0 if another_surname(heard, name_of) else likeness(heard, name_of)
                best = max(best, (score, size))
                if score >= 1.0:
                    near[size] = tuple(dict.fromkeys((*near.get(size, ()), *ids)))
        if best[0] >= 1.0:
            return Mention(at, name + best[1], "surname", near[best[1]], exact=False)
        return None

    def _unknown(self, tokens: Sequence[Token], at: int, name: int) -> Mention | None:
        """Somebody with a title whom the roster does not hold."""
        key = tokens[name].key
        if tokens[at].key not in STRONG_TITLES or key in NOT_NAMES or len(key) < 2:
            return None
        last = name + 1
        while last < len(tokens) and tokens[last].glued:
            last += 1
        return Mention(at, last, "unknown", (f"?{''.join(t.key for t in tokens[name:last])}",))

    def _full(self, tokens: Sequence[Token], at: int, name: int) -> Mention | None:
        """First name (or names) and surname: whoever has them exactly, else all who are near."""
        key = tokens[name].key if name < len(tokens) else ""
        found: dict[tuple[bool, bool, int], tuple[str, ...]] = {}
        for known in self._starting(key):
            for first in _firsts_of(known):
                size = len(first) + len(known.last)
                keys = tuple(t.key for t in tokens[name : name + size])
                short = self._nicknames.get(key) == known.id and keys[1:] == known.last
                if len(keys) == size and (short or could_be(keys, first, known.last)):
                    exact = keys == first + known.last
                    rank = (exact, exact and first == known.first, size)
                    found[rank] = (*found.get(rank, ()), known.id)
        if not found:
            return None
        best = max(found)
        people = found[best]
        if not best[0]:
            people = (*people, *self._kin(tokens[name : name + best[2]]))
        return Mention(at, name + best[2], "full", tuple(dict.fromkeys(people)), best[0])

    def _kin(self, heard: Sequence[Token]) -> Iterator[str]:
        """Who else may be meant by a first name nobody has: whose begins so, of that surname."""
        given, keys = heard[0].key, [t.key for t in heard]
        shared = [k for k in self.people if k.first and alike(keys[-len(k.last) :], k.last)]
        if not any(k.first[0] == given for k in shared):
            yield from (k.id for k in shared if k.first[0][0] == given[0])

    def _starting(self, key: str) -> list[Known]:
        """People whose first name this word can be; kept, because every word is asked for."""
        if key not in self._started:
            self._started[key] = [
                k
                for k in self.people
                if self._nicknames.get(key) == k.id
                or any(key == f[0] or likeness(key, f[0]) for f in _firsts_of(k))
            ]
        return self._started[key]

    def _role(self, tokens: Sequence[Token], at: int) -> Mention | None:
        """An office that one person alone has; a deputy's is not their chief's."""
        if at and not tokens[at - 1].stops and tokens[at - 1].key in UNDER:
            return None
        for size in (5, 4, 3, 2, 1):
            keys = tuple(t.key for t in tokens[at : at + size])
            if len(keys) == size and keys in self._roles and not _of_another(tokens, at + size):
                return Mention(at, at + size, "role", self._roles[keys])
        return None

    def _alone(self, tokens: Sequence[Token], at: int) -> Mention | None:
        """A first name by itself, or a surname that is set off as of somebody spoken to."""
        token = tokens[at]
        for size in (3, 2):
            keys = tuple(t.key for t in tokens[at : at + size])
            if len(keys) == size and keys in self._whole_firsts:
                return Mention(at, at + size, "first", self._whole_firsts[keys])
        cased = any(t.capital for t in tokens)
        if (token.key,) in self._firsts and first_name_alone(tokens, at, cased):
            return Mention(at, at + 1, "first", self._firsts[(token.key,)])
        for size in (3, 2, 1):
            keys = tuple(t.key for t in tokens[at : at + size])
            if len(keys) == size and keys in self._lasts and cased and set_off(tokens, at, size):
                return Mention(at, at + size, "bare", self._lasts[keys])
        return None


def _of_another(tokens: Sequence[Token], at: int) -> bool:
    """Whether an office goes on as one that the roster does not have: "leader of Broadmoor"."""
    keys = tuple(t.key for t in tokens[at : at + 3])
    if not keys or keys[0] != "of" or tokens[at - 1].stops:
        return False
    return keys not in (
        ("of", "the", "council"),
        ("of", "this", "council"),
        ("of", "our", "council"),
    )


def _index(pairs: Iterator[tuple[tuple[str, ...], str]]) -> dict[tuple[str, ...], tuple[str, ...]]:
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for keys, person in pairs:
        found[keys] = tuple(dict.fromkeys((*found.get(keys, ()), person)))
    return found


def _given(people: Sequence[Known]) -> Iterator[tuple[tuple[str, ...], str]]:
    """First names, and single other names that people go by."""
    for known in people:
        for first in _firsts_of(known):
            yield first[:1], known.id
        for form in known.forms:
            if len(form) == 1 and form != known.last:
                yield form, known.id


def _firsts_of(known: Known) -> set[tuple[str, ...]]:
    """First names in full, the first of them, and those with which an alias has the surname."""
    size = len(known.last)
    aliases = {f[:-size] for f in known.forms if size and f[-size:] == known.last}
    return {known.first, known.first[:1], *aliases} - {()}


def _speaking(
    index: dict[tuple[str, ...], tuple[str, ...]], silent: set[str]
) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Where a name is that of several, those who may speak are meant."""
    return {keys: tuple(p for p in ids if p not in silent) or ids for keys, ids in index.items()}


def _with_alike(
    index: dict[tuple[str, ...], tuple[str, ...]], silent: set[str]
) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Each name with those whose name sounds like it: an engine spells either of them for both."""
    joined = {keys: "".join(keys) for keys in index}
    made = {}
    for keys, ids in index.items():
        others = (o for o in index if o != keys and likeness(joined[keys], joined[o]) >= 1.0)
        more = (p for o in others for p in index[o] if p not in silent)
        made[keys] = tuple(dict.fromkeys((*ids, *more)))
    return made


def _unique(
    index: dict[tuple[str, ...], tuple[str, ...]],
) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Only what one person alone answers to."""
    return {keys: people for keys, people in index.items() if len(people) == 1}


def could_be_name(tokens: Sequence[Token], title: int, name: int) -> bool:
    """Whether the word after a title can be a name: "the minister may reply" holds none."""
    if name >= len(tokens) or (tokens[name - 1].ends and len(tokens[name - 1].key) > 4):
        return False
    cased = any(t.capital for t in tokens) and any(not t.capital for t in tokens)
    if cased:
        return tokens[name].capital
    return tokens[title].key in STRONG_TITLES or tokens[name].key not in ALSO_WORDS


def same_name(one: str, other: str) -> bool:
    """Whether two written names are one person's, titles aside."""
    plain = [[key_of_word(w) for w in words_of(n)] for n in (one, other)]
    return plain[0] == plain[1] or key_of(one) == key_of(other)
