"""Short names that are well known: whose formal first name each may be."""

from __future__ import annotations

from collections.abc import Iterable

from models.names.sounds import likeness

# A formal name and what its bearers are called in the United Kingdom and Ireland.
CALLED = """
abigail abby abi; alan al; albert bert bertie al; alexander alex sandy alec ally eck xander;
alexandra alex sandra lexi; alistair ally al; alastair ally al; alasdair ally al; alfred alf alfie
fred; alison ali ally; amanda mandy; andrew andy drew dru; angela angie ange; anthony tony ant;
antony tony ant; antonia toni; archibald archie; arthur art; barbara barb babs barbie; barry baz;
belinda bel linda; benjamin ben benny; bernadette bernie; bernard bernie; beverley bev; bradley
brad; bridget bridie biddy; cameron cam; caroline caz carrie; catherine cathy kate katie cath cat
kitty; charles charlie chas chuck; charlotte lottie charlie; christina chris chrissie tina;
christine chris chrissie tina; christopher chris kit topher; clifford cliff; cornelius con neil;
cynthia cindy; dafydd dai; daniel dan danny; david dave davie davy dai; deborah debbie deb debs;
denise den; dennis den; derek del; desmond des; dominic dom; donald don donnie; dorothy dot dotty
dolly; douglas doug dougie; edward ed eddie ted teddy ned; edwin ed eddie; eleanor ellie nell
nora; elizabeth liz lizzie beth betty libby eliza lisa bess betsy; emily em emmy; emma em;
ernest ernie; eugene gene; evelyn evie; florence flo florrie; frances fran frankie; francis frank
frankie; frederick fred freddie; gabrielle gabby; gareth gaz gaz; gary gaz; geoffrey geoff;
gerald gerry; gerard gerry ger; geraldine gerry; gillian gill gilly; gordon
gordie; graham gray; gregory greg; gruffydd guto griff; gwendoline gwen; gwilym gwil; harold
harry hal; harriet hattie; helen nell; henry harry hal hank; herbert herb bert; hugh hughie shug;
ian iain; irene rene; isabel bel izzy; isabella bella izzy; jacob jake; jacqueline jackie jacqui;
james jim jimmy jamie jem; janet jan; janice jan; jeffrey jeff; jennifer jenny jen jenni; jeremy
jez jerry; jessica jess jessie; joanna jo joanie; joanne jo; john johnny jack jock; jonathan jon
jonny jonty; joseph joe joey; josephine jo josie; joshua josh; judith judy jude; julian jules;
julie jules; katharine kate katie kathy kath; katherine kate katie kathy kath kat; kathleen kath
kathy kate; kathryn kath kathy kate katie; kenneth ken kenny; kevin kev; laurence larry laurie;
lawrence larry laurie; leonard len lenny; leslie les; lesley les; lewis lew; llewelyn llew;
llywelyn llew; louise lou; lynette lyn; madeleine maddy; malcolm mal malc calum; margaret maggie
meg mags peggy madge marge margie; marjorie marge; martin marty; matthew matt matty; maureen mo;
maurice mo; maxwell max; melanie mel; melissa mel; michael mike mick micky mikey; michelle shell;
montague monty; natalie nat; nathan nat; nathaniel nat nate; neville nev; nicholas nick nicky;
nicola nicky nikki; nigel nige; norman norm; oliver ollie; olivia liv livvy; oswald oz; padraig
paddy pat; pamela pam; patricia pat trish patsy tricia; patrick pat paddy; penelope penny; peter
pete; philip phil pip; phillip phil pip; philippa pippa pip; rachel rach; raymond ray; rebecca
becky becca; reginald reg reggie; richard rick dick richie ricky rich dickie; robert bob rob bobby
robbie rab bert; roderick rod roddy; rodney rod; roger rog; ronald ron ronnie; rosalind ros roz;
rosemary rosie ros; rupert ru; samantha sam sammy; samuel sam sammy; sandra sandy; sarah sally
sadie; sebastian seb; sharon shaz; sidney sid; simon si; solomon sol; stanley stan; stephanie
steph steff; stephen steve stevie ste; steven steve stevie ste; stewart stew stu; stuart stu;
susan sue susie suzy; susannah sue susie suzy; suzanne sue suzy; sylvia syl; terence terry tel;
teresa terry tess; theresa terry tess; theodore theo ted; thomas tom tommy; timothy tim timmy;
trevor trev; ursula urs; valerie val; vernon vern; veronica ronnie; victor vic; victoria vicky
vicki tori; vincent vince vinny; virginia ginny; vivienne viv; vivian viv; walter wally walt;
wilfred wilf; william bill will billy liam willie; winifred win winnie; yvonne von; zachary zach
zac
"""
FORMAL: dict[str, frozenset[str]] = {}
for _line in CALLED.split(";"):
    _name, *_short = _line.split()
    for _nickname in _short:
        FORMAL[_nickname] = FORMAL.get(_nickname, frozenset()) | {_name}


def nicknamed(firsts: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Who alone may be meant by each nickname; ``firsts`` are first names with whose they are.

    None that is, or sounds like, the name of somebody else is theirs.
    """
    pairs = list(firsts)
    found: dict[str, set[str]] = {}
    for nickname, formal in FORMAL.items():
        found[nickname] = {person for first, person in pairs if first in formal}
    alone = {name: next(iter(people)) for name, people in found.items() if len(people) == 1}
    return {
        name: person
        for name, person in alone.items()
        if not any(likeness(name, own) >= 1.0 for own, who in pairs if who != person)
    }
