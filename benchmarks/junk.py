"""Claim: a question that the archive does not answer is not answered; one that it does mostly is.

    python benchmarks/junk.py FOLDER

FOLDER is a retrieval benchmark of real committee meetings (children's committee of a parliament,
sittings about a pandemic). Asked of all its meetings, by words and by both: its own questions, ten
about nothing that any committee discusses and ten about what councils discuss and these meetings do
not. The bar was set on these, then raised by what got past it of twenty more; the last twenty were
written after that and asked once.
Prints how many of each were given hits, and which of those that should not have been.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from ranker import archive

from warehouse import evaluation_retrieval as bench
from warehouse.search import search

JUNK = (
    "What did the committee say about bullfighting in Seville?",
    "How should penguins be fed at the aquarium?",
    "What is the boiling point of tungsten?",
    "Who won the chess tournament in Reykjavik?",
    "best recipe for sourdough bread",
    "What was said about the lunar landing programme?",
    "Summarize the discussion about dinosaur fossils in Patagonia",
    "How many moons does Saturn have?",
    "violin concerto rehearsal schedule",
    "What did they think of the new submarine fleet?",
)
NEAR = (
    "What did the committee recommend about live facial recognition cameras?",
    "Summarize the discussion about resident parking permits in the town centre",
    "What was said about potholes on the ring road?",
    "How should seagull nuisance be reduced on the seafront?",
    "What did the minister say about library closures in Cardiff bay?",
    "Who asked about allotment waiting lists?",
    "What did they decide about the crematorium extension?",
    "Summarize the debate on taxi licensing and drivers' badges",
    "What was the opinion on street trees being felled?",
    "How would the congestion charge affect delivery vans?",
)
SECOND_JUNK = (
    "What did the members think about medieval siege engines?",
    "How is basalt formed under the ocean?",
    "Who painted the ceiling of the chapel?",
    "What was said about the offside rule in football?",
    "Explain the life cycle of the tapeworm",
    "cheap flights to Lisbon in May",
    "What do astronomers know about dark matter?",
    "Summarize the plot of the opera in the second act",
    "Which spices go into a lamb biryani?",
    "When does the volcano erupt again?",
)
SECOND_NEAR = (
    "What was decided about the swimming pool refurbishment?",
    "How did the council respond to fly-tipping behind the shops?",
    "What did officers say about damp and mould in council flats?",
    "Summarize the debate about a bus lane on the high street",
    "Who objected to the houses in multiple occupation licence scheme?",
    "What did the chair recommend on CCTV in the market square?",
    "How much will the recycling depot cost?",
    "What was asked about burial plots in the cemetery?",
    "What did the planning officer say about the conservation area?",
    "Why was the night-time noise patrol cut?",
)


LAST_JUNK = (
    "How do bees make honey?",
    "What was said about the treaty of Westphalia?",
    "Which composer wrote the ninth symphony?",
    "Summarize the talk about quantum computers",
    "How far is the nearest galaxy?",
    "What is the best opening in backgammon?",
    "Who discovered the source of the Nile?",
    "What did they say about the film festival in Cannes?",
    "How are diamonds cut and polished?",
    "Explain why the bridge collapsed in the storm",
)
LAST_NEAR = (
    "What was said about street lighting being switched off at midnight?",
    "How will the council fund weekly bin collections?",
    "What did residents say about the aircraft noise over the estate?",
    "Summarize the discussion about business rates in the market",
    "Who recommended a review of dropped kerbs?",
    "What did the director say about repairs to lifts in tower blocks?",
    "When will the new cycle path by the canal open?",
    "What was the response to the petition on dog fouling?",
    "Why did the licensing panel refuse the nightclub?",
    "What did the committee hear about flood defences on the river?",
)


def main() -> None:
    """Prints one JSON object."""
    folder = Path(sys.argv[1])
    own = [q["query"] for q in bench._lines(folder / "queries-public.jsonl") if q["pooled"]]
    with tempfile.TemporaryDirectory() as home:
        reader, model = archive(folder, Path(home))
        told = {
            mode: {
                "its own questions": _answered(reader, model, own, mode)["share"],
                "junk": _answered(reader, model, JUNK, mode),
                "near junk": _answered(reader, model, NEAR, mode),
                "second junk": _answered(reader, model, SECOND_JUNK, mode),
                "second near junk": _answered(reader, model, SECOND_NEAR, mode),
                "last junk": _answered(reader, model, LAST_JUNK, mode),
                "last near junk": _answered(reader, model, LAST_NEAR, mode),
            }
            for mode in ("words", "both")
        }
    print(json.dumps(told, indent=1))


def _answered(reader: Any, model: Any, questions: Any, mode: str) -> dict[str, Any]:
    given = [q for q in questions if search(reader, q, mode=mode, encode=model.encode_query).hits]
    return {"share": round(len(given) / len(questions), 3), "answered": given}


if __name__ == "__main__":
    main()
