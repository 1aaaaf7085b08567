"""Words that say little of what a question is about."""

from __future__ import annotations

# Not searched for while any other word is asked for. They stay in the index: alone they are found.
COMMON = frozenset(
    """a about above after again against all also am an and any are as at be because been before
    being below between both but by can cannot could did do does doing down during each either
    every few for from further had has have having he her here hers him his how however i if in
    into is it its itself just let like many may me might more most much must my neither no nor
    not now of off on once one only or other our out over own per quite rather said same say says
    she should since so some such than that the their them then there these they this those
    through to too under until up upon us very was we were what whatever when where whether which
    while who whom whose why will with within without would yes yet you your""".split()
)
# What a question says about itself rather than about its subject.
FRAME = frozenset(
    """according agree answer answered answering answers argue argued ask asked asking believe
    committee concern conclusion consider debate debated debates debating describe did discuss
    discussed discussing discussion discussions elaborate emphasise emphasised emphasize
    emphasized explain explained explanation express expressed feel find give given group include
    included inquiries know meeting meetings member members mention mentioned opinion opinions
    people question questioning questions react related relate respond responded response say
    saying said speak speaker state stated suggest suggested summarise summarize summary talk
    talked talking tell think thinking thought thoughts view views want""".split()
)
