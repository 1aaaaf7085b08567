"""Surnames that many people have: whoever is called by one of them is not misheard as another.

A recogniser writes "Fletchar" for Fletcher, but "Harrison" it writes of a Harrison. Only spellings
that are said alike (Clark, Clarke) may be one person's.
"""

from __future__ import annotations

SPELLINGS = """
allan allen alan; ahmad ahmed; bailey bayley baillie; baines baynes; barnes barns; begam begum;
bennet bennett; brook brooke; brookes brooks; brown browne; burn byrne; carr kerr; choudhury
chaudhry chowdhury choudhry chaudhary; clark clarke; cole coles; coleman colman; connolly conolly;
connor conner oconnor; cook cooke; davey davy; davies davis; dickson dixon; doherty dougherty;
edmonds edmunds; elliot elliott eliot; evans evens; ewan ewen; ferguson fergusson; fisher fischer;
forster foster; francis frances; fraser frazer; gray grey; green greene; griffith griffiths;
haines haynes; hare hair; hayes hays; hasan hassan; hoare hoar; hughes hews huws; husain hussain
hussein hossain; jeffrey jeffery; jenkin jenkins; johnston johnstone; kay kaye; kelley kelly; khan
kahn; law lawe; lawrence laurence; lee leigh lea; lewis louis; lloyd loyd; macdonald mcdonald;
mackay mckay; mackenzie mckenzie; maclean mclean; macleod mcleod; malik mallik malick mallick;
marsden marsdon; matthews mathews; mead meade; meyer myer mayer; miah mia miya; millar miller;
moor moore more; morgan morgans; mohammed mohamed muhammad mohammad; murray murry; neal neale neil
neill oneal oneill oneil; nichols nicholls; nicolson nicholson; obrien obryan obryen; owen owens;
page paige; parkes parks; pearce pierce peirce; perry parry; phillips philips philip phillip;
porter portar; powell powel; price pryce; rahman rehman; read reed reid; reece rees reese rhys;
robertson robertsen; rodgers rogers; rowe roe; rose rows; sanders saunders; shepherd sheppard
shephard; sidhu siddhu; sims simms; sinclair stclair; smith smyth smythe; steel steele; stephens
stevens; stephenson stevenson; stewart stuart; symonds simmonds simonds; taylor tayler; thompson
thomson tomson; turner turnor; tyler tiler; uddin udin; vaughan vaughn; watt watts; webb web; white
whyte; wiley wylie; wilkes wilks; willis wyllis; wilson willson; wood woode; wright write right;
wynn wynne
"""
COMMON = """
abbott adams adamson ahern akhtar ali anderson andrews archer armstrong arnold ashton atkins
atkinson austin baker baldwin ball banks barber barker barlow barrett barry barton bates beck bell
benson berry bhatt bibi bird bishop black blake bond booth bowen boyd boyle bradley bradshaw brady
brennan briggs bright bryant buckley bull burgess burke burns burrows burton bush butler butt byrd
cameron campbell carroll carson carter chambers chandler chapman charlton clayton clements cohen
collins connell conway cooper cox craig crawford cross cunningham curtis dale daly daniels davidson
davison dawson day dean dhillon doyle duffy duncan dunn dunne dyer edwards ellis farrell faulkner
field finch fitzgerald fitzpatrick fleming fletcher flynn ford fowler fox freeman french frost
fuller gallagher gardiner gardner george gibbons gibbs gibson gilbert giles gill glover goddard
goodwin gordon gough graham grant graves griffin hale hall hamilton hammond hancock hardy harding
harper harris harrison hart hartley harvey haq hawkins heath henderson henry herbert hewitt hicks
higgins hill hilton hodgson holland holmes holt hope hopkins horton houghton howard howarth howe
howell howells hudson hull humphreys hunt hunter hurst hutchinson hyde iqbal irving jackson jacobs
james jamieson jarvis jennings john johnson jones jordan joseph joyce kane kaur kavanagh kennedy
kent khanna king kirby kirk knight knowles kumar lamb lambert lane lang lawson leach lester lindsay
little long lord lowe lucas lynch lyons maguire mahmood mann manning marsh marshall martin
martinez mason maxwell may mccarthy mccormack mcdonnell mcgrath mcguire metcalfe middleton miles
mills milne mirza mistry mitchell molloy moran morris morrison morton moss muir mullen murphy myers
nash nelson newman newton nolan norman norris norton nunn obrien odonnell ogden oliver osborne
parker parkin parkinson parmar parsons patel paterson patil paton patterson patton paul payne
pearson perkins peters peterson phelan piper pike pollard poole pope potter potts power pratt
preston quinn rai ramsay randall rana raza regan reynolds rice richards richardson riley roberts
robertson robins robinson robson ross rowland rowley russell ryan salmon sandhu savage scott shah
shaikh sharma sharp sharpe shaw short simon simpson sims singh slater spencer stanley stokes stone
stuart sullivan summers sutton swift tait tanner thomas thornton thorpe todd townsend tucker
turnbull underwood wade walker wall wallace waller wallis walsh walters walton ward warner warren
waters watkins watson weaver webster welch wells welsh west weston wheeler whitehead wilkins
wilkinson williams williamson willis winter wong woodward wyatt yates young younger
"""
SPELT: dict[str, frozenset[str]] = {}
for _line in SPELLINGS.split(";"):
    _group = frozenset(_line.split())
    for _name in _group:
        SPELT[_name] = SPELT.get(_name, frozenset()) | _group
SURNAMES = frozenset(COMMON.split()) | frozenset(SPELT)


def another_surname(heard: str, name: str) -> bool:
    """Whether what was heard is a surname of its own and no spelling of this one."""
    if heard == name or name in SPELT.get(heard, ()):
        return False
    return heard in SURNAMES or _patronymics(heard, name)


def _patronymics(heard: str, name: str) -> bool:
    """Whether one is the other with "son": Peters and Peterson, Jenkins and Jenkinson."""
    one, other = sorted((heard, name), key=lambda n: n.endswith("son"))
    if one.endswith("son") or not other.endswith("son"):
        return False
    return one.removesuffix("s") == other.removesuffix("son")
