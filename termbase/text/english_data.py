"""Word lists behind the English modules: irregular forms, US and UK spellings, sounds.

The lists are the project's own. Spelling pairs are limited to what military, administrative and
press texts use; a word that is not covered is left as it stands.
"""

from __future__ import annotations

LONGEST_TERM = 500
"""Characters up to which text is taken for a term, that is inflected and respelt as a whole."""


def pairs(lines: str) -> dict[str, tuple[str, ...]]:
    """Return a mapping of the first word of each ``;``-separated entry to the rest; two of one word are joined.

    >>> pairs("man men; ox oxen; man mans")
    {'man': ('men', 'mans'), 'ox': ('oxen',)}
    """
    found: dict[str, tuple[str, ...]] = {}
    for entry in filter(None, map(str.split, lines.split(";"))):
        found[entry[0]] = (*found.get(entry[0], ()), *entry[1:])
    return found


IRREGULAR_PLURALS = pairs(
    """
    man men; woman women; child children; person people persons; foot feet; tooth teeth; goose geese;
    mouse mice; louse lice; ox oxen; life lives; knife knives; wife wives; half halves; self selves;
    leaf leaves; shelf shelves; thief thieves; wolf wolves; calf calves; loaf loaves; sheaf sheaves;
    hoof hooves hoofs; scarf scarves scarfs; wharf wharves wharfs; staff staffs; die dice dies;
    medium media mediums; datum data; stratum strata; bacterium bacteria; memorandum memorandums
    memoranda; forum forums fora; referendum referendums referenda; curriculum curricula curriculums;
    spectrum spectra spectrums; momentum momenta; addendum addenda; erratum errata; quantum quanta;
    criterion criteria; phenomenon phenomena; automaton automata automatons; formula formulas formulae;
    antenna antennas antennae; alumnus alumni; nucleus nuclei; radius radii radiuses; stimulus stimuli;
    terminus termini terminuses; syllabus syllabuses syllabi; focus focuses foci; locus loci; fungus
    fungi; cactus cacti cactuses; index indexes indices; appendix appendices appendixes; matrix matrices
    matrixes; vertex vertices; vortex vortices; codex codices; helix helices; axis axes; crisis crises;
    basis bases; analysis analyses; thesis theses; hypothesis hypotheses; emphasis emphases; synthesis
    syntheses; diagnosis diagnoses; prognosis prognoses; oasis oases; parenthesis parentheses; bus buses
    busses; gas gases gasses; quiz quizzes; plateau plateaus plateaux; bureau bureaus bureaux; tableau
    tableaux; chateau chateaux; corpus corpora; genus genera; opus opuses; virus viruses; status
    statuses; campus campuses; apparatus apparatuses; census censuses; consensus consensuses; bonus
    bonuses; penny pence pennies; brother brothers; cloth cloths; proof proofs; roof roofs; chief chiefs;
    belief beliefs; brief briefs; cliff cliffs; reef reefs; gulf gulfs; handkerchief handkerchiefs;
    dwarf dwarfs dwarves; safe safes; chef chefs; relief reliefs; potato potatoes; tomato tomatoes;
    hero heroes; echo echoes; veto vetoes; torpedo torpedoes; embargo embargoes; cargo cargoes cargos;
    volcano volcanoes volcanos; tornado tornadoes tornados; mosquito mosquitoes mosquitos; buffalo
    buffaloes buffalos buffalo; domino dominoes; negro negroes; motto mottoes mottos; zero zeros zeroes;
    no noes nos; go goes; commando commandos commandoes; ghetto ghettos ghettoes; halo haloes halos;
    passer-by passers-by; passerby passersby; lens lenses; bias biases; atlas atlases; canvas canvases;
    alias aliases; pancreas pancreases; soliloquy soliloquies; colloquy colloquies; money monies moneys;
    millennium millennia millenniums; consortium consortia consortiums; symposium symposiums symposia;
    moratorium moratoriums moratoria; honorarium honoraria honorariums; dictum dicta dictums;
    stadium stadiums stadia; sanatorium sanatoriums sanatoria; salvo salvos salvoes; aquarium aquariums aquaria;
    larva larvae; vertebra vertebrae; alga algae; salmon salmon; trout trout; bison bison; squid squid;
    human humans; german germans; roman romans; shaman shamans; talisman talismans; norman normans;
    ottoman ottomans; caiman caimans; viet viets; bandit bandits
    """
)
"""Singular, then its plurals, the usual one first."""

SAME_PLURAL = frozenset(
    """
    series species corps means headquarters barracks works crossroads aircraft spacecraft hovercraft
    watercraft rotorcraft craft sheep deer fish offspring personnel troops cattle police people
    swiss chinese vietnamese japanese lebanese portuguese burmese taiwanese sudanese gallows
    debris innings kudos matériel viet cong ethos chassis rendezvous sweepstakes
    """.split()
)
"""Nouns that read alike in singular and plural."""

PLURAL_ONLY = frozenset(
    """
    remains works forces means barracks headquarters corps series tactics logistics politics news
    ethics economics electronics mathematics physics statistics gymnastics ballistics optics
    mechanics dynamics aerodynamics robotics cybernetics informatics pyrotechnics avionics
    analytics genetics linguistics athletics graphics hydraulics geopolitics cryptographics
    goods arms munitions supplies proceeds premises outskirts surroundings earnings savings
    belongings clothes trousers scissors binoculars pliers thanks congratulations riches
    masses ranks materials authorities relations affairs hostilities customs regalia
    measles mumps rabies diabetes athlete's archives spoils stairs odds whereabouts amends
    troops guts credentials valuables whereabouts particulars essentials fatigues dregs
    """.split()
) - {"athlete's", "ranks", "materials", "relations", "authorities"}
"""Nouns that end in -s and take no further plural; most have no singular either."""

UNCOUNTABLE = frozenset(
    """
    equipment information intelligence personnel ammunition advice research machinery weaponry
    furniture luggage baggage homework work housework knowledge progress evidence leadership
    education training patriotism socialism communism leninism marxism capitalism imperialism
    discipline readiness preparedness awareness consciousness morale traffic damage warfare
    infantry artillery cavalry armour armor aviation reconnaissance security safety health
    violence peace justice freedom independence sovereignty integrity solidarity unity equality
    democracy centralism food water rice air weather sand fuel petrol gasoline oil money
    transportation accommodation electricity software hardware legislation manpower
    well-being wellbeing workmanship sportsmanship marksmanship seamanship airmanship citizenship
    """.split()
) - set("democracy security damage oil fuel sand water air freedom work training research education food".split())

PREPOSITIONS = frozenset(
    """
    of in for to on at with by from against under over between among amongst within without during
    after before through throughout via toward towards upon into onto per as about above across along
    around behind below beneath beside beyond concerning despite down inside near off outside past
    regarding since until up versus vs de du des who whom whose which that whereby when where
    """.split()
)

HARD_CH = frozenset("monarch patriarch matriarch oligarch hierarch stomach epoch loch eunuch tech czech mach".split())
"""Words in a hard -ch, which take -s."""

POSTPOSITIVE = frozenset(
    """
    general martial elect designate major royal emeritus plenipotentiary militant extraordinary
    commanding public apparent presumptive politic laureate errant
    """.split()
)
OFFICES_BEFORE_GENERAL = frozenset(
    """
    secretary attorney governor director inspector surgeon auditor consul procurator solicitor
    postmaster paymaster adjutant comptroller prosecutor quartermaster registrar commissioner
    """.split()
)
"""Offices that carry the plural before *General*: Secretaries-General, but Major Generals."""

ADVERBS = frozenset(
    """
    not never well always also still further fast hard together once soon better best often just
    even again first jointly ever only almost quickly closely to both either
    """.split()
)
"""Adverbs without -ly that may stand before the verb of a verb phrase."""

NOT_ADVERBS = frozenset("apply supply reply rely ally rally imply comply multiply fly bully tally sully".split())
"""Verbs that end in -ly."""

IRREGULAR_VERBS = pairs(
    """
    be was been; have had had; do did done; go went gone; undergo underwent undergone; say said said;
    make made made; remake remade remade; take took taken; undertake undertook undertaken; overtake
    overtook overtaken; retake retook retaken; mistake mistook mistaken; partake partook partaken;
    come came come; overcome overcame overcome; become became become; see saw seen; oversee oversaw
    overseen; foresee foresaw foreseen; get got got|gotten; forget forgot forgotten; give gave given;
    forgive forgave forgiven; find found found; think thought thought; rethink rethought rethought;
    tell told told; foretell foretold foretold; show showed shown|showed; leave left left; feel felt felt;
    bring brought brought; begin began begun; keep kept kept; hold held held; uphold upheld upheld;
    withhold withheld withheld; write wrote written; rewrite rewrote rewritten; underwrite underwrote
    underwritten; stand stood stood; understand understood understood; withstand withstood withstood;
    hear heard heard; overhear overheard overheard; mean meant meant; meet met met; run ran run; overrun
    overran overrun; outrun outran outrun; pay paid paid; repay repaid repaid; sit sat sat; speak spoke
    spoken; lie lay|lied lain|lied; lead led led; mislead misled misled; grow grew grown; outgrow
    outgrew outgrown; lose lost lost; fall fell fallen; send sent sent; resend resent resent; build built
    built; rebuild rebuilt rebuilt; draw drew drawn; withdraw withdrew withdrawn; redraw redrew redrawn;
    break broke broken; spend spent spent; overspend overspent overspent; rise rose risen; arise arose
    arisen; drive drove driven; buy bought bought; wear wore worn; choose chose chosen; seek sought
    sought; throw threw thrown; overthrow overthrew overthrown; catch caught caught; deal dealt dealt;
    win won won; teach taught taught; sell sold sold; fight fought fought; bear bore borne|born; shoot
    shot shot; strike struck struck|stricken; fly flew flown; sing sang sung; swim swam swum; sink
    sank|sunk sunk; ring rang rung; drink drank drunk; spring sprang|sprung sprung; shrink
    shrank|shrunk shrunk; swing swung swung; hang hung|hanged hung|hanged; stick stuck stuck; dig dug
    dug; bind bound bound; wind wound wound; grind ground ground; feed fed fed; breed bred bred; bleed
    bled bled; flee fled fled; speed sped|speeded sped|speeded; sleep slept slept; sweep swept swept;
    creep crept crept; weep wept wept; lend lent lent; bend bent bent; steal stole stolen; freeze froze
    frozen; swear swore sworn; tear tore torn; ride rode ridden; override overrode overridden; hide hid
    hidden; bite bit bitten; eat ate eaten; beat beat beaten; know knew known; blow blew blown; shake
    shook shaken; awake awoke awoken; wake woke|waked woken|waked; strive strove|strived striven|strived;
    light lit|lighted lit|lighted; lay laid laid; waylay waylaid waylaid; inlay inlaid inlaid; cut cut
    cut; put put put; set set set; reset reset reset; offset offset offset; upset upset upset; hit hit
    hit; let let let; shut shut shut; cost cost cost; hurt hurt hurt; spread spread spread; split split
    split; cast cast cast; broadcast broadcast|broadcasted broadcast|broadcasted; forecast
    forecast|forecasted forecast|forecasted; recast recast recast; burst burst burst; thrust thrust
    thrust; quit quit|quitted quit|quitted; rid rid rid; bid bid|bade bid|bidden; read read read; reread
    reread reread; learn learned|learnt learned|learnt; burn burned|burnt burned|burnt; dream
    dreamed|dreamt dreamed|dreamt; spell spelled|spelt spelled|spelt; spill spilled|spilt spilled|spilt;
    spoil spoiled|spoilt spoiled|spoilt; smell smelled|smelt smelled|smelt; leap leaped|leapt
    leaped|leapt; lean leaned|leant leaned|leant; kneel knelt|kneeled knelt|kneeled; prove proved
    proved|proven; sow sowed sown|sowed; sew sewed sewn|sewed; mow mowed mown|mowed; swell swelled
    swollen|swelled; saw sawed sawn|sawed; forbid forbade|forbad forbidden; forgo forwent forgone; slay
    slew slain; shed shed shed; wet wet|wetted wet|wetted; undo undid undone; redo redid redone; overdo
    overdid overdone; outdo outdid outdone; fit fitted|fit fitted|fit; knit knitted|knit knitted|knit;
    stride strode stridden; stink stank stunk; string strung strung; sting stung stung; cling clung
    clung; fling flung flung; wring wrung wrung; spin spun spun; shine shone|shined shone|shined; bet bet
    bet; sublet sublet sublet; input input|inputted input|inputted; output output output; weave
    wove|weaved woven|weaved; sprint sprinted sprinted; hew hewed hewn|hewed; rend rent rent; beset beset
    beset; behold beheld beheld; betake betook betaken; interweave interwove interwoven; outshine
    outshone outshone; relay relayed relayed; overlay overlaid overlaid; underlie underlay underlain;
    unwind unwound unwound; rewind rewound rewound; proofread proofread proofread; handwrite handwrote
    handwritten; safeguard safeguarded safeguarded
    """
)
"""Base, past, past participle; ``|`` parts equals, the usual one first."""

DOUBLING = frozenset(
    """
    commit admit submit permit omit emit remit transmit deter refer prefer confer defer infer transfer
    occur recur incur concur control patrol compel expel propel repel impel dispel rebel excel equip
    re-equip begin regret abet allot upset outfit refit format abhor debar disbar demur unplug
    program programme overlap outwit recommit unzip kidnap worship handicap midship hobnob zigzag
    enrol fulfil instil distil enthral appal annul extol patrol debug airdrop backlog bootstrap
    outstrip sandbag demob leapfrog sidestep overstep horsewhip eavesdrop wiretap humbug forget forbid reset
    offset inset typeset overrun outrun rerun undercut outbid
    sublet input output beset befit babysit
    """.split()
)
"""Verbs of two or more syllables that double the last consonant in both spellings."""

DOUBLING_L = frozenset(
    """
    travel model signal level cancel fuel refuel counsel channel tunnel label marshal total equal rival
    shovel quarrel dial parcel pencil initial marvel duel jewel trial panel pedal shrivel snivel swivel
    snorkel pummel grovel barrel
    unravel libel bevel chisel cudgel funnel kennel metal medal stencil symbol towel tassel trammel
    victual rappel disembowel remodel backpedal relabel gambol
    """.split()
)
"""Verbs whose *l* is doubled in UK spelling only."""

UK_SUFFIXED = pairs(
    """
    armour armor s ed ing er ers y ies; behaviour behavior s al ally ism ist ists; candour candor;
    clamour clamor s ed ing; colour color s ed ing ful fully less ation ations blind; demeanour demeanor;
    endeavour endeavor s ed ing; favour favor s ed ing able ably ite ites itism; fervour fervor; flavour
    flavor s ed ing; harbour harbor s ed ing; honour honor s ed ing able ably ee ees; humour humor s ed
    less; labour labor s ed ing er ers; neighbour neighbor s ed ing hood hoods ly liness; odour odor s less;
    parlour parlor s; rancour rancor; rigour rigor s; rumour rumor s ed; saviour savior s; savour savor s
    ed ing y; splendour splendor s; succour succor s ed; tumour tumor s; valour valor; vapour vapor s;
    vigour vigor; arbour arbor s; ardour ardor; enamour enamor ed; misdemeanour misdemeanor s;
    defence defense s less lessness; offence offense s; pretence pretense s; licence license s;
    centre center s piece pieces; theatre theater s; litre liter s; fibre fiber s glass; calibre caliber
    s; sabre saber s; sombre somber ly; spectre specter s; lustre luster; meagre meager ly;
    manoeuvre maneuver s; reconnoitre reconnoiter s; sceptre scepter s; kilometre kilometer s;
    centimetre centimeter s; millimetre millimeter s; micrometre micrometer s; nanometre nanometer s;
    metre meter s;
    programme program s; catalogue catalog s; analogue analog s; cheque check -;
    skilful skillful ly ness; wilful willful ly ness; fulfil fulfill s ment ments; enrol enroll s ment
    ments; instil instill s; distil distill s; appal appall s; enthral enthrall s; instalment installment
    s; marvellous marvelous ly; woollen woolen s; jewellery jewelry; jeweller jeweler s; councillor
    councilor s; counsellor counselor s; traveller traveler s; modeller modeler s; signaller signaler s;
    labeller labeler s; tranquillity tranquility; chilli chili; dullness dullness;
    grey gray s ish; tyre tire s; plough plow s ed ing share shares man men; mould mold s ed ing y; smoulder
    smolder s ed ing;
    sceptic skeptic s al ally ism; aluminium aluminum; storey story -; judgement judgment s;
    acknowledgement acknowledgment s; ageing aging; sulphur sulfur; sulphuric sulfuric; pyjama pajama s;
    artefact artifact s; cosy cozy; cosier cozier; cosiest coziest; moustached mustached; tricolour tricolor
    s; technicolour technicolor;
    lacklustre lackluster; centreline centerline s; centrefold centerfold s; gaol jail s; moustache mustache
    s; enquiry inquiry -; enquiries
    inquiries; aeroplane airplane s; anaesthetic anesthetic s; anaesthesia anesthesia; anaemia anemia;
    haemorrhage hemorrhage s d; haemoglobin hemoglobin; paediatric pediatric s; orthopaedic orthopedic s;
    oesophagus esophagus; encyclopaedia encyclopedia s; mediaeval medieval; diarrhoea diarrhea; leukaemia
    leukemia; foetus fetus es; foetal fetal; gynaecology gynecology; manoeuvrable maneuverable;
    manoeuvrability maneuverability; manoeuvred maneuvered; manoeuvring maneuvering; reconnoitred
    reconnoitered; reconnoitring reconnoitering; centred centered; centring centering; catalogued
    cataloged; cataloguing cataloging; analyse analyze d r rs; analysing analyzing; paralyse paralyze s d;
    paralysing paralyzing; catalyse catalyze s d; catalysing catalyzing; breathalyse breathalyze s d;
    practise practice s d; practising practicing; kilogramme kilogram s; gramme gram s; draughtsman
    draftsman; draughtsmen draftsmen; cancelled canceled; cancelling canceling; sulphate sulfate s;
    worshipped worshiped; worshipping worshiping; focussed focused; focussing
    focusing; sizeable sizable; likeable likable; saleable salable; moveable movable; mollusc mollusk s;
    homoeopathy homeopathy; amoeba ameba s; epicentre epicenter s; carburettor carburetor s; phoney
    phony; pedlar peddler s; furore furor; speciality specialty -; draught draft -; levelled leveled;
    medallist medalist s; panellist panelist s; duellist duelist s; libellous libelous; tranquillise
    tranquilize d r rs; tranquillising tranquilizing; oestrogen estrogen s; gynaecologist gynecologist s;
    gynaecological gynecological; anaemic anemic; palaeolithic paleolithic; palaeontology paleontology;
    encyclopaedic encyclopedic; haematology hematology; haematological hematological; haemophilia hemophilia;
    haemophiliac hemophiliac s; septicaemia septicemia; hypoglycaemia hypoglycemia; ischaemia ischemia;
    ischaemic ischemic; oedema edema; paediatrician pediatrician s; paediatrics pediatrics; paedophile
    pedophile s; orthopaedics orthopedics; anaesthetist anesthetist s; anaesthetise anesthetize d; faeces
    feces; faecal fecal; aetiology etiology; caesarean cesarean s; snowplough snowplow s; snowploughed
    snowplowed; chequered checkered; kerb curb -; kerbs curbs -; despatch dispatch -; despatched dispatched -;
    despatches dispatches -; despatching dispatching -; despatcher dispatcher -; mitre miter s; louvre louver
    s; ochre ocher; saltpetre saltpeter; sepulchre sepulcher s; goitre goiter s; amphitheatre amphitheater s;
    clangour clangor; yoghurt yogurt s; sulphurous sulfurous; behove behoove s; titre titer s; enquire inquire
    -; enquired inquired -; enquires inquires -; enquiring inquiring -; waggon wagon -; waggons wagons -;
    crystallise crystallize d s; crystallising crystallizing; crystallisation crystallization; gruelling
    grueling; dialled dialed; dialling dialing; defenceman defenseman
    """
)
"""UK stem, US stem, suffixes that both take; ``-`` marks a pair with no suffix."""

ONE_WAY = frozenset(
    """
    program programs meter meters license licenses practice practices story check draft specialty tire
    tires inquiry inquiries jail jails movable salable likable curb curbs dispatch dispatched dispatches
    dispatching dispatcher inquire inquired inquires inquiring wagon wagons yogurt yogurts airplane airplanes
    judgment judgments
    medieval encyclopedia encyclopedias focused focusing artifact artifacts amoeba sizable gram
    grams kilogram kilograms
    """.split()
)
"""US forms that UK texts write too: no evidence of US spelling, and not all are turned back."""

NEVER_TO_UK = frozenset(
    """
    license licenses practice practices story check draft specialty tire tires
    inquiry inquiries jail jails movable salable likable curb curbs dispatch dispatched dispatches dispatching
    dispatcher inquire inquired inquires inquiring wagon wagons yogurt yogurts focused focusing medieval gram
    grams kilogram
    kilograms coloration colorations
    """.split()
)
"""US forms that stay as they are in UK spelling when nothing is known of their part of speech."""

NOT_ISE = frozenset(
    """
    exercise advise advertise promise compromise premise surprise supervise revise devise televise
    improvise rise arise uprise raise praise wise otherwise likewise clockwise counterclockwise
    anticlockwise noise poise precise concise excise incise disguise guise enterprise comprise apprise
    franchise disfranchise enfranchise merchandise paradise expertise treatise demise despise chastise
    circumcise mortise cruise bruise vise anise turquoise porpoise tortoise malaise appraise chemise
    reprise marquise valise prise braise liaise reraise sunrise moonrise highrise unwise streetwise
    lengthwise crosswise edgewise sidewise stepwise contrariwise fundraise imprecise equipoise
    exorcise surmise misadvise preadvise readvise overexercise unpromise hoise louise denise elise
    """.split()
)
"""Words in -ise that are written so in both spellings, with what is derived from them."""

NOT_ISE_FORMS = frozenset("crises irises miser misers riser risers kaiser wiser geiser raiser raisers".split())

NOT_IZE = frozenset(
    """
    size prize seize capsize resize downsize oversize undersize upsize outsize maize baize assize apprize
    belize midsize rightsize supersize
    """.split()
)
"""Words in -ize that are written so in both spellings."""

PROTECTED_NAMES = (
    "Pearl Harbor",
    "World Health Organization",
    "World Trade Organization",
    "International Organization for Standardization",
    "International Civil Aviation Organization",
    "International Maritime Organization",
    "North Atlantic Treaty Organization",
    "International Labour Organization",
    "Shanghai Cooperation Organisation",
    "Food and Agriculture Organization",
    "Australian Labor Party",
)
"""Names that keep their own spelling under every profile."""

NAME_VARIANTS = (
    ("Viet Nam", "Vietnam"),
    ("Ha Noi", "Hanoi"),
    ("Da Nang", "Danang"),
    ("Hai Phong", "Haiphong"),
    ("Sai Gon", "Saigon"),
)

SOLID_PREFIXES = pairs(
    """
    counter attack attacks attacked attacking offensive offensives terrorism terrorist insurgency
    intelligence measure measures revolution revolutionary espionage reconnaissance battery fire
    propaganda assault assaults sabotage strike strikes guerrilla;
    anti aircraft tank submarine personnel ship missile terrorism terrorist corruption drone communist
    war colonial imperialist riot radiation party state social;
    multi role lateral national purpose domain ethnic party dimensional faceted disciplinary layered
    sectoral level polar service;
    non commissioned combatant traditional aligned military governmental violent state professional
    interference proliferation lethal nuclear public battle standard;
    socio economic economics political cultural;
    co operate operates operated operating operation operations operative ordinate ordinates ordinated
    ordinating ordination ordinator ordinators opt opted ordinately;
    cyber space security attack attacks warfare crime defence defense threat threats war;
    sub unit units region regions committee committees machine division;
    inter agency service regional sectoral branch ministerial provincial connected disciplinary;
    re organise organised organisation organising organize organized organization organizing equip
    equipped equipping equipment establish established construct construction deploy deployed
    deployment supply elect elected settle settlement education structure structuring train training
    build arm armed align;
    de mining centralise centralised centralize centralized militarise militarised militarize militarized
    mobilise mobilised mobilize mobilized escalate escalation politicise politicised politicize
    politicized politicisation politicization nuclearisation nuclearization classify classified;
    pre school emptive war training service set;
    post war graduate conflict;
    semi automatic annual skilled conductor official arid permanent;
    para military trooper troopers;
    micro wave electronics;
    mini submarine;
    over flight haul;
    air borne drop lift field craft space strike strikes base bases crew men man;
    battle field fields ground space ship ships group;
    war fighting ship ships time head heads;
    life long saving;
    mine sweeper sweepers field fields laying;
    gun fire boat boats ship ships;
    hand over book books;
    head quarters;
    on site board going line;
    off shore shoot site;
    well being;
    e mail;
    check point points;
    fire power arm arms fighting fighter fighters;
    ware house houses;
    coast guard line;
    man power hunt;
    guide line lines;
    frame work works;
    data base bases;
    web site sites;
    short coming comings;
    long term;
    grass roots root;
    fore cast sight front;
    under water ground way sea lying;
    back up;
    land mine mines;
    sea borne bed port ports;
    ship building builder yard yards;
    decision making;
    cease fire fires;
    strong hold holds point points;
    spear head heads;
    stock pile piles piled piling;
    fore front;
    rear guard;
    van guard;
    body guard guards armor armour;
    night time fall;
    peace keeping keeper keepers time making;
    law maker makers making;
    policy maker makers making;
    ship wreck wrecks;
    search light lights;
    flag ship ships;
    troop ship ships;
    life boat boats jacket jackets;
    cross fire;
    loud speaker speakers;
    sand bag bags;
    bomb shell shells proof;
    bullet proof;
    work force place places shop shops;
    home town towns;
    main land stream;
    high light lights land lands;
    low land lands;
    wild fire fires;
    flood water waters;
    rain storm storms fall;
    land slide slides fall;
    out post posts break breaks;
    count down;
    break through throughs;
    take over off offs;
    build up ups;
    stand off offs by;
    follow up ups;
    hard line;
    fire wall walls;
    wide spread;
    world wide;
    nation wide;
    country wide
    """
)
"""First element, then what it joins with solid, hyphened or apart."""

NEVER_SOLID = frozenset("long well decision life short ".split()) - {"well", "life", "short"}
"""First elements that join by hyphen or space only."""

HYPHEN_HEADS = frozenset(
    """
    making based building ready led wide class term oriented scale time free friendly aircraft
    tank site armed range level run owned
    """.split()
)
"""Last elements that are joined to the word before by a hyphen or stand apart."""

HYPHEN_STARTS = frozenset("self ex vice mid all non anti pro quasi pan neo".split())

SPOKEN_UN = frozenset("UNCLOS UNTAC UNCTAD UNMISS UNMIK UNPROFOR UNAMIR UNOSOM UNSCOM UNDOF".split())
"""Acronyms whose first syllable is said as in *under*."""

SPOKEN_ACRONYMS = frozenset(
    """
    NATO NASA SAM SAMs SEAL SWAT MANPAD MANPADS LASER RADAR SONAR HIMARS MIRV MEDEVAC FLAK SCUD LAN RAM
    ROM SALT START MASH FIFA NAFTA SAARC SEATO LIDAR LORAN NORAD ROTC- RAND FEMA HUMINT SIGINT MASINT
    RIMPAC SARS MERS FARC NAVTEX HAZMAT LED- SWIFT SHAPE SACEUR RAF- MIG MIGS LOGISTICS HAWK HARM JDAM-
    """.split()
)
"""Acronyms that begin with a consonant's name in -e- but are spoken as words: a NATO base, a SAM."""
