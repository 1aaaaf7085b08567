"""From linked claims to steps: claims close together about one recommendation are one step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from transcripts.claim import Claim, Link

APART_S = 150.0  # between two claims of one step
STRONG = ("superseded", "no_longer_feasible", "accepted_in_part", "rejected")


@dataclass(frozen=True, slots=True)
class Step:
    """What was claimed of a recommendation at one place of a meeting; claims in order."""

    finding_id: str
    meeting_id: str
    state: str
    claims: tuple[Claim, ...]
    score: float


def steps(claims: Sequence[tuple[str, Claim]], links: Sequence[Link]) -> list[Step]:
    """The steps told by ``(meeting_id, claim)`` in order, with the state that weighs most."""
    by_claim: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        by_claim[link.claim_id].append(link)
    groups: dict[tuple[str, str], list[list[tuple[Claim, Link]]]] = defaultdict(list)
    for meeting_id, claim in claims:
        for link in by_claim[claim.id]:
            near = groups[meeting_id, link.finding_id]
            last = near[-1][-1][0] if near else None
            if last and claim.item == last.item and claim.start_s - last.end_s <= APART_S:
                near[-1].append((claim, link))
            else:
                near.append([(claim, link)])
    made = [_step(key, group) for key, found in groups.items() for group in found]
    order = {claim.id: i for i, (_, claim) in enumerate(claims)}
    return sorted(made, key=lambda s: order[s.claims[0].id])


def _step(key: tuple[str, str], group: Sequence[tuple[Claim, Link]]) -> Step:
    meeting_id, finding_id = key
    told: dict[str, float] = defaultdict(float)
    for claim, link in group:
        told[claim.status] += link.score * (claim.score or 0.0)
    state = max(told, key=lambda s: (told[s], s in STRONG))
    score = max(link.score for _, link in group)
    return Step(finding_id, meeting_id, state, tuple(c for c, _ in group), score)
