"""What a voice is called: the machine's account of it and a person's, with hidden names hidden."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from transcripts.ledger import Decision
from transcripts.words import UNKNOWN_VOICE, Attribution
from warehouse.masking import MASK, Masker, name_key

PUBLIC_LABEL = "Member of the public"
WITHHELD_LABEL = "Name withheld"


@dataclass(frozen=True, slots=True)
class Shown:
    """A voice as everybody may see it; ``name`` is absent where there is none to be shown."""

    voice: str
    label: str
    kind: str
    name: str | None = None
    key: int | None = None
    margin: float = 0.0


@dataclass(slots=True)
class Labels:
    """Gives out labels of one transcript, each once."""

    taken: set[str] = field(default_factory=set)

    def numbered(self, label: str) -> str:
        """``Member of the public``, then ``Member of the public 2``, and so on."""
        candidate, number = label, 1
        while candidate in self.taken:
            number += 1
            candidate = f"{label} {number}"
        self.taken.add(candidate)
        return candidate

    def unnamed(self, voice: str) -> str:
        """A label for a voice that nobody could name."""
        if voice == UNKNOWN_VOICE:
            return "Unknown speaker"
        digits = "".join(c for c in voice if c.isdigit())
        return self.numbered(f"Speaker {digits or voice}")


def machine_voices(
    attributions: Sequence[Attribution], voices: Iterable[str], masker: Masker
) -> list[Shown]:
    """Every voice that is attributed or speaks, in order of first mention."""
    labels = Labels({a.label for a in attributions})
    known = [_shown(a, masker, labels) for a in attributions]
    missing = dict.fromkeys(voices)
    for attribution in attributions:
        missing.pop(attribution.voice, None)
    return known + [Shown(voice, labels.unnamed(voice), "unnamed") for voice in missing]


def _shown(attribution: Attribution, masker: Masker, labels: Labels) -> Shown:
    name, label = attribution.name, attribution.label
    if attribution.kind == "public" or (name and masker.is_public(name)):
        hidden = MASK in masker.text(label) or label == name or not label.strip()
        shown = labels.numbered(PUBLIC_LABEL) if hidden else label
        return Shown(attribution.voice, shown, "public", margin=attribution.margin)
    if name and masker.is_withheld(name):
        return Shown(
            attribution.voice,
            labels.numbered(WITHHELD_LABEL),
            "withheld",
            key=name_key(name),
            margin=attribution.margin,
        )
    return Shown(
        attribution.voice,
        masker.text(label),
        attribution.kind,
        name or None,
        name_key(name) if name else None,
        attribution.margin,
    )


def decided_voices(
    decided: dict[str, Decision], taken: Iterable[str], hidden: dict[int, str]
) -> list[tuple[Shown, Decision]]:
    """What people said of voices; ``hidden`` are name keys not to be shown, with their kind."""
    labels = Labels(set(taken))
    return [(_decided(voice, d, labels, hidden), d) for voice, d in sorted(decided.items())]


def unsettled_voices(voices: Iterable[str], taken: Iterable[str]) -> list[Shown]:
    """Voices of whom people said different things; nobody's until one of them is taken back."""
    labels = Labels(set(taken))
    return [Shown(voice, labels.unnamed(voice), "unnamed") for voice in sorted(voices)]


def _decided(voice: str, decision: Decision, labels: Labels, hidden: dict[int, str]) -> Shown:
    if not decision.verdict:
        return Shown(voice, labels.unnamed(voice), "unnamed")
    key = name_key(decision.verdict)
    if key in hidden:
        label = PUBLIC_LABEL if hidden[key] == "public" else WITHHELD_LABEL
        return Shown(voice, labels.numbered(label), hidden[key], key=key)
    return Shown(voice, decision.verdict, "named", decision.verdict, key)
