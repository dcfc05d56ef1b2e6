/**
 * The shared taxonomy of needs: the one table of every code, its words and its place in national frameworks.
 *
 * A code is given once, never reused and never changed in meaning. A need that is no longer used gets
 * `retiredOn` and, where another takes its place, `replacedBy`. `number` is how a need is stored in counts:
 * the next free one for a new need, never given again. A new need is one line at the end of its domain and
 * a new TAXONOMY_VERSION. Migration loads this table into `reference`.
 */

export const TAXONOMY_VERSION = 1;

export const SEVERITIES = ["low", "medium", "high", "crisis"] as const;
export type Severity = (typeof SEVERITIES)[number];

export interface Domain {
  code: string;
  label: string;
  /** Number of the domain as a node of figures, 200 to 249. */
  number: number;
}

export interface Need {
  code: string;
  /** Number for storage and as a node of figures, 0 to 199. */
  number: number;
  label: string;
  definition: string;
  /** What workers call it, each used for one need only. */
  synonyms: readonly string[];
  /** The national framework the need reports to, or LOCAL. */
  framework: string;
  frameworkDomain: string;
  /** Indicator ids with their framework edition, such as "PHOF-2019:B15a". */
  indicators: readonly string[];
  /** A default for triage order; never a risk score. */
  severityHint: Severity;
  retiredOn?: string;
  replacedBy?: string;
}

/** The node "any need". */
export const ANY_NODE = 250;

export const DOMAINS: readonly Domain[] = [
  { code: "HOU", label: "Housing", number: 200 },
  { code: "MON", label: "Money and debt", number: 201 },
  { code: "BEN", label: "Benefits", number: 202 },
  { code: "EMP", label: "Work", number: 203 },
  { code: "EDU", label: "Education and skills", number: 204 },
  { code: "PHY", label: "Physical health", number: 205 },
  { code: "MEN", label: "Mental health", number: 206 },
  { code: "SUB", label: "Substance use", number: 207 },
  { code: "FAM", label: "Family and relationships", number: 208 },
  { code: "SAF", label: "Safety and abuse", number: 209 },
  { code: "JUS", label: "Crime and justice", number: 210 },
  { code: "IMM", label: "Immigration", number: 211 },
  { code: "SOC", label: "Social connection", number: 212 },
  { code: "CAR", label: "Care and caring", number: 213 },
  { code: "ACC", label: "Transport, digital and access", number: 214 },
  { code: "BAS", label: "Basic needs", number: 215 },
  { code: "OTH", label: "Other", number: 216 },
];

// number, code, label, definition, synonyms, framework, framework domain, indicators, severity hint
// biome-ignore format: one line a need
const ROWS: readonly (readonly [number, string, string, string, string, string, string, string, Severity])[] = [
  [0, "HOU-01", "Rough sleeping", "Has no roof tonight or has slept outside, in a vehicle or in a public place in the past week", "homeless|on the street|sleeping rough|nfa|no fixed abode|street homeless|sleeping in car|tent", "PHOF", "Wider determinants of health", "PHOF-2019:B15a|PHOF-2013:1.15", "crisis"],
  [1, "HOU-02", "Homeless in temporary or insecure stay", "Staying somewhere that is not a settled home, such as a hostel, refuge, B&B or friends' floors", "sofa surfing|temporary accommodation|ta|hostel|b&b|staying with friends|hidden homeless", "PHOF", "Wider determinants of health", "PHOF-2019:B15a|PHOF-2013:1.15", "high"],
  [2, "HOU-03", "At risk of losing home", "Likely to have to leave the current home within about eight weeks", "eviction|section 21|notice to quit|possession order|threatened with homelessness|end of tenancy|asked to leave", "H-CLIC", "Prevention duty", "", "high"],
  [3, "HOU-04", "Rent or mortgage arrears", "Behind with rent, service charge or mortgage on the current home", "behind on rent|rent debt|housing arrears|arrears letter|mortgage arrears|repossession|missed mortgage", "SFOF", "Secure housing", "", "high"],
  [4, "HOU-05", "Disrepair or unsafe condition", "The home has faults that make it unhealthy or dangerous and the person cannot get them fixed", "damp|mould|leak|broken boiler|no heating|repairs|hazard|infestation|rats|unsuitable housing", "PHOF", "Wider determinants of health", "", "medium"],
  [5, "HOU-06", "Overcrowding", "Too few rooms for the number, ages and sexes of the people living there", "overcrowded|too small|sharing bedroom|not enough bedrooms", "SFOF", "Secure housing", "", "medium"],
  [6, "HOU-07", "Home unsuitable for disability or health", "The layout or equipment of the home does not meet a health or mobility need", "adaptations|stairs|ramp|wet room|ot assessment|accessible housing|dfg|stairlift", "CARE-ACT", "Being able to use the home safely", "", "medium"],
  [7, "HOU-08", "Needs to move or find a home", "Wants a different settled home and needs help to find, apply or bid for one", "housing register|bidding|waiting list|find a flat|deposit|move on|rehousing|council house", "SFOF", "Secure housing", "", "low"],
  [8, "HOU-09", "Difficulty keeping a tenancy", "Struggles with the tasks of running a home or complying with tenancy terms", "tenancy support|tenancy breach|abandonment|new tenant|setting up home", "ASCOF", "Independence", "ASCOF-2014:1H|PHOF-2013:1.06", "medium"],
  [9, "HOU-10", "Hoarding or self-neglect of the home", "Belongings or neglect make the home unsafe or block its normal use", "hoarder|clutter|dirty house|environmental health|fire risk|filthy conditions", "CARE-ACT", "Maintaining a habitable home", "", "high"],
  [10, "HOU-11", "Fire or home safety risk", "The home lacks basic protection from fire, falls, gas or break-in", "smoke alarm|safe and well|fire safety|carbon monoxide|locks|home security|trip hazard", "PHOF", "Health improvement", "PHOF-2019:C11a|PHOF-2013:2.07", "medium"],
  [11, "HOU-12", "Landlord or tenancy dispute", "A conflict with a landlord, agent or co-tenant is affecting living at home", "landlord harassment|illegal eviction|locked out|deposit dispute|letting agent", "LOCAL", "No national outcomes framework found", "", "low"],
  [12, "MON-01", "Priority debt", "Owes money where non-payment can cost the home, energy, goods, benefits or liberty", "council tax arrears|bailiff|enforcement agent|court fine|ccj|summons|overpayment|deductions|debt to dwp|tax credit debt|bankruptcy|dro|iva|breathing space", "SFOF", "Financial stability", "", "high"],
  [13, "MON-02", "Consumer credit debt", "Cannot keep up with cards, loans, catalogues or buy-now-pay-later", "credit card|loan|overdraft|catalogue|klarna|payday loan|bnpl", "SFOF", "Financial stability", "", "medium"],
  [14, "MON-03", "Income does not cover essentials", "Regular income is below the cost of rent, food, energy and travel to work", "low income|skint|cannot make ends meet|negative budget|no money|poverty|cost of living", "PHOF", "Wider determinants of health", "PHOF-2013:1.01", "high"],
  [15, "MON-04", "Sudden loss of income", "A recent event has cut or stopped household income", "lost job|hours cut|redundancy|laid off|breadwinner died|sick pay|notice", "SFOF", "Financial stability", "", "high"],
  [16, "MON-05", "Budgeting and money skills", "Needs help to plan spending, pay bills or understand money choices", "budget|money management|financial capability|direct debit|paying bills", "SFOF", "Financial stability", "", "low"],
  [17, "MON-06", "No bank account or blocked banking", "Has no usable account or cannot reach it", "unbanked|open account|frozen account|no id for bank|basic account", "LOCAL", "No national outcomes framework found", "", "medium"],
  [18, "MON-07", "Illegal lending", "Owes money to an unlicensed lender or is pressured to repay one", "loan shark|doorstep lender|threatened for money|unlicensed loan", "SFOF", "Financial stability", "", "high"],
  [19, "MON-08", "Scam or fraud loss", "Has lost money or data to deception, or is being targeted", "scammed|phishing|fraud|romance scam|cold caller|rogue trader|identity theft", "MOJ", "Victims of crime", "", "high"],
  [20, "BEN-01", "Making a new claim", "Needs help to start a benefit claim", "apply for uc|universal credit claim|new claim|pip form|attendance allowance", "SFOF", "Financial stability", "", "low"],
  [21, "BEN-02", "Benefit entitlement check", "Does not know whether all entitlements are being claimed", "benefit check|am i entitled|unclaimed|pension credit|better off calculation", "ASCOF", "Empowerment - information and advice", "", "low"],
  [22, "BEN-03", "Disability or health benefit problem", "A problem with a benefit that depends on health or disability", "pip|esa|lcwra|wca|dla|medical assessment|limited capability for work", "PHOF", "Wider determinants of health", "", "medium"],
  [23, "BEN-04", "Sanction, suspension or stopped payment", "A payment in force has been cut, held or ended", "sanction|stopped money|uc suspended|payment stopped|claimant commitment", "SFOF", "Financial stability", "", "high"],
  [24, "BEN-05", "Challenge or appeal", "Wants a benefit decision changed", "mandatory reconsideration|benefit appeal|refused pip|mr|wrong decision|benefit tribunal", "LOCAL", "No national outcomes framework found", "", "medium"],
  [25, "BEN-06", "Housing cost support", "Help with rent or council tax is missing, short or delayed", "housing benefit|lha|bedroom tax|benefit cap|dhp|council tax reduction", "SFOF", "Secure housing", "", "medium"],
  [26, "BEN-07", "First payment wait or crisis gap", "Waiting for a first payment with nothing to live on", "five week wait|advance|hardship|crisis grant|local welfare|household support fund", "SFOF", "Financial stability", "", "high"],
  [27, "EMP-01", "Unemployed and seeking work", "Out of paid work and wants help to find it", "job|jobless|looking for work|cv|interview|job search|work coach", "SFOF", "Financial stability", "", "low"],
  [28, "EMP-02", "Health or disability barrier to work", "A physical or mental health condition or disability is keeping the person out of work or at risk of leaving it", "fit note|sick leave|long term sick|disability employment|access to work|reasonable adjustment|stress at work|burnout|back to work after breakdown|ips", "PHOF", "Wider determinants of health", "PHOF-2019:B08a|PHOF-2013:1.08|ASCOF-2014:1F", "medium"],
  [29, "EMP-03", "Problem at work", "Rights, pay, safety or treatment at work are in dispute", "unfair dismissal|unpaid wages|bullying at work|zero hours|grievance|acas|discrimination", "PHOF", "Wider determinants of health", "", "medium"],
  [30, "EMP-04", "Young person not in education, employment or training", "Aged 16 to 24 and without study, training or paid work", "neet|left school no plan|apprenticeship|dropped out", "SFOF", "Getting a good education", "", "medium"],
  [31, "EMP-05", "Criminal record barrier to work", "A conviction or disclosure check is blocking work", "dbs|disclosure|spent conviction|criminal record|blacklisted", "MOJ", "Reducing reoffending", "", "low"],
  [32, "EMP-06", "Childcare barrier to work", "Lack of affordable or suitable childcare is preventing work or study", "childcare|nursery place|funded hours|after school club", "SFOF", "Good early years development", "", "low"],
  [33, "EDU-01", "Child missing school", "A child is absent often enough to affect learning", "truancy|school refusal|persistent absence|not attending|ebsa|bunking off", "PHOF", "Wider determinants of health", "PHOF-2013:1.03", "medium"],
  [34, "EDU-02", "Exclusion or suspension", "A child has been, or is about to be, removed from school", "excluded|suspended|pru|managed move|permanent exclusion", "SFOF", "Getting a good education", "", "medium"],
  [35, "EDU-03", "Special educational need not met", "A child or learner needs extra support that is not in place", "send|sen|ehcp|dyslexia|autism support at school|senco", "SFOF", "Getting a good education", "", "medium"],
  [36, "EDU-04", "Early development concern", "A young child's speech, play or development worries the family or a worker", "speech delay|health visitor|school readiness|development check|not talking|toddler", "PHOF", "Wider determinants of health", "PHOF-2013:1.02", "medium"],
  [37, "EDU-05", "Low literacy or numeracy", "Finds reading, writing or numbers hard in daily life", "cannot read|cannot write|maths|form filling|functional skills|illiterate", "LOCAL", "No national outcomes framework found", "", "low"],
  [38, "EDU-06", "English language need", "Needs to learn or improve spoken or written English", "esol|english classes|language barrier|does not speak english", "LOCAL", "No national outcomes framework found", "", "low"],
  [39, "EDU-07", "Adult training or qualification", "Wants a course, skill or qualification", "course|college|training|retrain|nvq|skills", "LOCAL", "No national outcomes framework found", "", "low"],
  [40, "PHY-01", "Long-term condition poorly managed", "A lasting illness is not under control and affects daily life", "diabetes|copd|asthma|heart failure|chronic illness|epilepsy|long covid", "NHSOF", "Enhancing quality of life for people with long-term conditions", "NHSOF:2.3.i", "medium"],
  [41, "PHY-02", "Chronic pain", "Pain lasting over three months limits what the person can do", "back pain|fibromyalgia|arthritis|joint pain|sore", "NHSOF", "Enhancing quality of life for people with long-term conditions", "", "medium"],
  [42, "PHY-03", "Falls or frailty", "Has fallen, fears falling, or is becoming weaker", "fell over|unsteady|frail|falls clinic|hip|balance", "PHOF", "Healthcare, public health and preventing premature mortality", "", "high"],
  [43, "PHY-04", "Cannot reach a GP, dentist or prevention service", "Not registered with, or cannot get to, basic primary care, vaccination or screening", "no gp|no dentist|toothache|cannot get appointment|register with doctor|jab|vaccine|smear|screening|immunisation", "NHSOF", "Ensuring people have a positive experience of care", "", "medium"],
  [44, "PHY-05", "Medication problem", "Cannot get, afford, manage or take prescribed medicine as intended", "meds|prescription|run out of tablets|side effects|dosette|insulin", "NHSOF", "Enhancing quality of life for people with long-term conditions", "", "high"],
  [45, "PHY-06", "Weight, diet or inactivity", "Weight, eating or lack of movement is harming health", "overweight|obese|diet|exercise|unfit|weight loss|inactive", "PHOF", "Health improvement", "PHOF-2019:C17b|PHOF-2013:2.12|PHOF-2013:2.13", "low"],
  [46, "PHY-07", "Pregnancy or new baby health", "Needs support around pregnancy, birth or a baby's first year", "pregnant|midwife|breastfeeding|newborn|antenatal|baby", "PHOF", "Health improvement", "PHOF-2019:C04|PHOF-2013:2.02", "medium"],
  [47, "PHY-08", "Sexual health or contraception", "Needs contraception, testing or sexual health advice", "sti|contraception|hiv|condoms|coil|teenage pregnancy", "PHOF", "Health improvement", "PHOF-2013:2.04", "low"],
  [48, "PHY-09", "Recent hospital stay or discharge", "Left hospital lately and needs support to recover at home", "discharged|reablement|after hospital|readmission|recovery at home", "NHSOF", "Helping people to recover from episodes of ill health or injury", "NHSOF:3b", "high"],
  [49, "PHY-10", "Disability or sensory loss affecting daily life", "A physical or sensory impairment limits everyday tasks", "wheelchair|disabled|mobility|blue badge|impairment|amputee|blind|deaf|hearing aid|visually impaired", "ASCOF", "Quality of life", "ASCOF-2014:1A", "medium"],
  [50, "MEN-01", "Low mood or depression", "Persistent sadness, loss of interest or hopelessness", "depressed|feeling down|low|crying|flat|hopeless", "PHOF", "Health improvement", "PHOF-2013:2.23", "medium"],
  [51, "MEN-02", "Anxiety or panic", "Worry, fear or panic that gets in the way of daily life", "anxious|panic attacks|worry|ocd|phobia|nerves", "PHOF", "Health improvement", "PHOF-2013:2.23", "medium"],
  [52, "MEN-03", "Thoughts of suicide", "Has thoughts or plans of ending their life", "suicidal|wants to die|end it all|overdose plan|no reason to live", "PHOF", "Healthcare, public health and preventing premature mortality", "PHOF-2019:E10|PHOF-2013:4.10", "crisis"],
  [53, "MEN-04", "Self-harm", "Has hurt themself on purpose or feels the urge to", "cutting|self injury|burning self|hurting myself", "PHOF", "Health improvement", "PHOF-2019:C14b|PHOF-2013:2.10", "crisis"],
  [54, "MEN-05", "Psychosis or severe mental illness", "Hearing, seeing or believing things others do not, or a known severe illness needing care", "voices|paranoia|schizophrenia|bipolar|psychotic|delusions", "NHSOF", "Preventing people from dying prematurely", "NHSOF:1.5.i|PHOF-2013:4.09", "high"],
  [55, "MEN-06", "Trauma", "Distress linked to a past frightening or harmful event", "ptsd|flashbacks|nightmares|traumatised|veteran trauma|childhood abuse", "NHSOF", "Enhancing quality of life for people with long-term conditions", "", "medium"],
  [56, "MEN-07", "Bereavement", "Grief after a death is affecting daily life", "grief|lost partner|death in family|bereaved|widowed|funeral", "ASCOF", "Quality of life", "", "medium"],
  [57, "MEN-08", "Child or young person emotional wellbeing", "A child's feelings or behaviour suggest they need help", "camhs|child anxiety|behaviour|tantrums|angry child|young person low", "SFOF", "Improved mental and physical health", "", "medium"],
  [58, "MEN-09", "Memory loss or dementia", "Confusion or memory problems, diagnosed or suspected", "dementia|alzheimers|forgetful|confused|memory clinic", "ASCOF", "Independence", "", "high"],
  [59, "MEN-10", "Autism, ADHD or learning disability support", "Needs assessment or support for neurodivergence or a learning disability", "autistic|adhd|asd|learning disability|neurodiverse|aspergers", "ASCOF", "Independence", "", "medium"],
  [60, "MEN-11", "Eating problem", "Eating, bingeing, purging or restricting is harming health", "anorexia|bulimia|eating disorder|not eating|binge", "SFOF", "Improved mental and physical health", "", "high"],
  [61, "SUB-01", "Alcohol problem", "Drinking is harming health, money, safety or relationships", "drinking|alcoholic|booze|dependent drinker|drunk|detox", "SFOF", "Better managed substance use", "", "high"],
  [62, "SUB-02", "Drug problem", "Use of illegal, diverted or prescribed drugs is causing harm or dependence", "heroin|crack|cannabis|cocaine|spice|opiates|ketamine|using|painkillers|benzos|codeine|diazepam|pregabalin", "SFOF", "Better managed substance use", "", "high"],
  [63, "SUB-03", "Overdose or needle risk", "At immediate risk from overdose, injecting or contaminated supply", "overdose|naloxone|injecting|needle exchange|nitazenes", "SFOF", "Better managed substance use", "", "crisis"],
  [64, "SUB-04", "Tobacco or vaping", "Smokes or vapes and wants or needs to stop", "smoking|cigarettes|vape|quit|nicotine|roll ups", "PHOF", "Health improvement", "", "low"],
  [65, "SUB-05", "Affected by another's use", "A partner, parent or child's drinking or drug use is harming the person", "partner drinks|parent addict|al-anon|child of addict", "SFOF", "Better managed substance use", "", "medium"],
  [66, "SUB-06", "Gambling harm", "Gambling by the person or someone close is harming money, wellbeing or relationships", "gambling addict|betting|slots|online gambling|bookies|casino|cannot stop gambling", "LOCAL", "No national outcomes framework found", "", "medium"],
  [67, "FAM-01", "Parenting support", "Finds parenting hard or wants guidance", "parenting|boundaries|behaviour at home|bedtime|discipline|cannot cope with kids", "SFOF", "Improved family relationships", "", "low"],
  [68, "FAM-02", "Relationship conflict", "Frequent arguments or breakdown between partners or relatives without a pattern of abuse", "arguing|marriage trouble|family conflict|falling out", "SFOF", "Improved family relationships", "", "medium"],
  [69, "FAM-03", "Separation, contact or divorce", "Needs help with separation, child arrangements or related law", "divorce|custody|child contact|mediation|family court|maintenance", "SFOF", "Improved family relationships", "", "medium"],
  [70, "FAM-04", "Young carer", "A child or young person looks after someone who could not manage without them", "young carer|child caring for mum|sibling carer", "SFOF", "Improved family relationships", "", "high"],
  [71, "FAM-05", "Care leaver or looked-after child need", "Someone in or leaving care needs support", "care leaver|looked after child|lac|personal adviser|foster|leaving care", "H-CLIC", "Support needs", "", "high"],
  [72, "FAM-06", "Kinship care", "A relative or friend is raising a child and needs support", "kinship|grandparents raising|special guardianship|sgo", "SFOF", "Improved family relationships", "", "medium"],
  [73, "SAF-01", "Domestic abuse", "Controlling, threatening, violent or abusive behaviour by a partner, former partner or relative", "dv|da|domestic violence|coercive control|abusive partner|beaten|idva|marac", "PHOF", "Wider determinants of health", "PHOF-2019:B11", "crisis"],
  [74, "SAF-02", "Child at risk of harm", "A child may be being neglected, hurt or abused", "child protection|neglect|section 47|child abuse|mash|nspcc", "SFOF", "Children safe from abuse and exploitation", "", "crisis"],
  [75, "SAF-03", "Adult at risk of abuse or neglect", "An adult with care needs may be being harmed or neglected", "adult safeguarding|section 42|elder abuse|carer neglect|financial abuse", "ASCOF", "Safety", "", "crisis"],
  [76, "SAF-04", "Sexual violence", "Has experienced rape, assault or unwanted sexual contact, recent or past", "rape|sexual assault|sarc|isva|abused as child", "MOJ", "Victims of crime", "", "crisis"],
  [77, "SAF-05", "Exploitation or modern slavery", "Is being controlled for sex, labour, crime or benefit", "trafficking|county lines|cuckooing|cse|forced labour|nrm|mate crime", "SFOF", "Children safe from abuse and exploitation", "", "crisis"],
  [78, "SAF-06", "Honour-based abuse, forced marriage or FGM", "At risk of abuse justified by honour or custom", "forced marriage|fgm|honour|hba|cutting risk", "SFOF", "Safe from domestic abuse", "", "crisis"],
  [79, "SAF-07", "Radicalisation concern", "Signs of being drawn towards violent extremism", "prevent|extremism|channel|terrorism|incel", "LOCAL", "No national outcomes framework found", "", "high"],
  [80, "SAF-08", "Missing person or runaway", "Goes missing from home or care", "missing|runaway|ran away|mispers|not come home", "SFOF", "Children safe from abuse and exploitation", "", "crisis"],
  [81, "JUS-01", "Victim of crime", "Has been harmed by a crime not coded elsewhere and needs support", "burgled|robbed|assault|victim support|mugged", "MOJ", "Victims of crime", "", "medium"],
  [82, "JUS-02", "Hate crime or harassment", "Targeted because of identity, or stalked or harassed", "hate incident|racist abuse|stalking|homophobic|harassment|disability hate", "MOJ", "Victims of crime", "", "high"],
  [83, "JUS-03", "Anti-social behaviour affecting person", "Repeated nuisance or intimidation nearby is harming daily life", "asb|youths|nuisance|noise|fly tipping|intimidation|neighbour", "LOCAL", "No national outcomes framework found", "", "medium"],
  [84, "JUS-04", "At risk of offending", "Behaviour or circumstances suggest offending is likely without help", "first offence|gang|shoplifting|youth crime|knife|diversion", "SFOF", "Families diverted from crime", "", "medium"],
  [85, "JUS-05", "On bail, licence or community order", "Under supervision or conditions and needs help to comply", "probation|licence|bail|tag|community order|recall", "MOJ", "Reducing reoffending", "PHOF-2013:1.13", "medium"],
  [86, "JUS-06", "Leaving prison", "Released within three months or due for release and needs resettlement help", "prison leaver|release|resettlement|through the gate|discharge grant", "MOJ", "Reducing reoffending", "PHOF-2013:1.13", "high"],
  [87, "JUS-07", "Family member in prison", "Affected by a relative's imprisonment", "partner in prison|prison visits|dad inside|families of prisoners", "MOJ", "Reducing reoffending", "", "low"],
  [88, "JUS-08", "Legal advice or representation", "Needs a lawyer or help with a legal process not coded elsewhere", "solicitor|legal aid|court|tribunal|lawyer|injunction", "LOCAL", "No national outcomes framework found", "", "medium"],
  [89, "IMM-01", "Immigration status or application", "Needs help to get, prove, extend or change permission to stay", "visa|leave to remain|home office|evisa|settled status|euss|brp", "LOCAL", "No national outcomes framework found", "", "medium"],
  [90, "IMM-02", "Asylum seeker support", "Claiming asylum and needs housing, money or advice", "asylum|nass|asylum hotel|section 95|claim refused", "LOCAL", "No national outcomes framework found", "", "high"],
  [91, "IMM-03", "Refugee move-on", "Granted protection and must leave asylum support soon", "refugee|move on period|28 days|56 days|granted status|family reunion", "H-CLIC", "Support needs", "", "high"],
  [92, "IMM-04", "No recourse to public funds", "Immigration terms bar most benefits and housing help", "nrpf|no recourse|destitute migrant|section 17|undocumented", "LOCAL", "No national outcomes framework found", "", "high"],
  [93, "SOC-01", "Loneliness", "Feels lonely often or most of the time", "lonely|no friends|nobody to talk to|isolated", "PHOF", "Wider determinants of health", "PHOF-2019:B19|PHOF-2013:1.18", "medium"],
  [94, "SOC-02", "Few or no contacts", "Rarely sees or speaks to other people, whether or not they feel lonely", "housebound|no visitors|no family|lives alone|socially isolated", "ASCOF", "Social connections", "PHOF-2013:1.18", "medium"],
  [95, "SOC-03", "Wants activity or group", "Would like something to do, somewhere to go or a way to give time", "hobby|club|activities|befriending|something to do|community group|volunteer|give back|peer mentor", "ASCOF", "Social connections", "", "low"],
  [96, "SOC-04", "Discrimination or exclusion", "Treated worse because of who they are", "racism|homophobia|ageism|ableism|prejudice|left out", "LOCAL", "No national outcomes framework found", "", "medium"],
  [97, "CAR-01", "Needs help with personal care", "Cannot wash, dress, use the toilet or eat without help", "personal care|carer needed|washing|dressing|care package|incontinence", "CARE-ACT", "Personal hygiene, toilet needs and clothing", "", "high"],
  [98, "CAR-02", "Needs help around the home", "Cannot shop, clean, cook or manage the home without help", "shopping|cleaning|cooking|home help|gardening|meals on wheels", "CARE-ACT", "Nutrition and maintaining a habitable home", "", "medium"],
  [99, "CAR-03", "Adult carer under strain", "Looks after someone and is struggling or needs a break", "carer|caring for mum|respite|carers assessment|exhausted carer", "ASCOF", "Social connections", "ASCOF-2014:1I(2)|PHOF-2013:1.18ii", "high"],
  [100, "CAR-04", "Equipment or adaptation", "Needs an aid, device or alarm to live safely", "grab rail|commode|walking frame|telecare|pendant alarm|hoist", "ASCOF", "Independence", "", "medium"],
  [101, "CAR-05", "Care home or care quality concern", "Worried about, choosing or paying for formal care", "care home|care fees|poor care|care agency|cqc|self funder", "ASCOF", "Continuity and quality of care", "", "medium"],
  [102, "CAR-06", "Decision making and advocacy", "Needs support to decide, be heard, or arrange legal authority for another", "advocate|lpa|power of attorney|capacity|imca|speak up", "ASCOF", "Empowerment - information and advice", "", "medium"],
  [103, "CAR-07", "End of life support", "Someone is in the last months of life and needs care or planning", "palliative|hospice|terminal|dying|end of life", "NHSOF", "Ensuring people have a positive experience of care", "", "high"],
  [104, "ACC-01", "Transport barrier", "Cannot get to essential places", "no car|bus|cannot travel|bus pass|lift to hospital|rural", "CARE-ACT", "Using facilities in the community", "", "medium"],
  [105, "ACC-02", "No device or connection", "Lacks a phone, computer or affordable internet", "no internet|no phone|data poverty|no laptop|no wifi|sim", "LOCAL", "No national outcomes framework found", "", "medium"],
  [106, "ACC-03", "Low digital skills", "Has access but cannot do what is needed online", "cannot use computer|email help|online form|digital skills|password", "LOCAL", "No national outcomes framework found", "", "low"],
  [107, "ACC-04", "Interpreter or communication support", "Needs an interpreter, signer, easy read or other format to use services", "interpreter|bsl|translation|easy read|communication need", "ASCOF", "Empowerment - information and advice", "", "low"],
  [108, "ACC-05", "Missing identity documents", "Cannot prove identity, address or right to something", "no id|birth certificate|passport|proof of address|lost documents|nino", "LOCAL", "No national outcomes framework found", "", "medium"],
  [109, "BAS-01", "No food", "Has no food now or will run out within days", "hungry|food bank|no food|starving|food parcel|food voucher", "SFOF", "Financial stability", "", "crisis"],
  [110, "BAS-02", "Cannot afford or get energy or water", "Cannot afford or obtain enough heat, light, power or water at home", "fuel poverty|prepay meter|no gas|no electric|energy bill|cold home|meter top up|water bill|no water|watersure", "PHOF", "Wider determinants of health", "PHOF-2019:B17", "high"],
  [111, "BAS-03", "Clothing, hygiene or baby items", "Lacks basic clothes, washing facilities, hygiene or baby goods", "clothes|nappies|period products|toiletries|school uniform|baby bank|shower|launderette|cannot wash", "SFOF", "Financial stability", "", "medium"],
  [112, "BAS-04", "Furniture or white goods", "The home lacks a bed, cooker, fridge or similar", "no bed|cooker|fridge|washing machine|furniture|carpet", "SFOF", "Financial stability", "", "medium"],
  [113, "OTH-01", "Need not listed", "A need that fits no other code; a short label is required and reviewed monthly for new codes", "other|something else|not on list|misc", "LOCAL", "No national outcomes framework found", "", "low"],
];

/** Codes no longer offered: from which day, and what takes their place. */
const RETIRED: Readonly<Record<string, { on: string; replacedBy?: string }>> = {};

const words = (text: string) => (text === "" ? [] : text.split("|"));

export const NEEDS: readonly Need[] = ROWS.map(
  ([number, code, label, definition, synonyms, framework, frameworkDomain, indicators, severityHint]) => {
    const retired = RETIRED[code];
    return {
      code,
      number,
      label,
      definition,
      synonyms: words(synonyms),
      framework,
      frameworkDomain,
      indicators: words(indicators),
      severityHint,
      ...(retired && { retiredOn: retired.on }),
      ...(retired?.replacedBy && { replacedBy: retired.replacedBy }),
    };
  },
);

const byCode = new Map(NEEDS.map((need) => [need.code, need]));
const byNumber = new Map(NEEDS.map((need) => [need.number, need]));
const domainByCode = new Map(DOMAINS.map((domain) => [domain.code, domain]));
const domainByNumber = new Map(DOMAINS.map((domain) => [domain.number, domain]));

/** The need of a code, `HOU-04`, retired or not; null when there is none. */
export function findNeed(code: string): Need | null {
  return byCode.get(code) ?? null;
}

/** The need of a storage number. Throws when no such number was ever given. */
export function getNeedByNumber(number: number): Need {
  const need = byNumber.get(number);
  if (!need) throw new Error(`No need has the number ${number}`);
  return need;
}

/** The domain that a need belongs to: the first three letters of its code. */
export function domainOf(need: Need): Domain {
  const domain = domainByCode.get(need.code.slice(0, 3));
  if (!domain) throw new Error(`Need ${need.code} has no domain`);
  return domain;
}

/** The needs of a domain, in the order of the taxonomy. */
export function needsOf(domain: Domain): readonly Need[] {
  return NEEDS.filter((need) => need.code.startsWith(`${domain.code}-`));
}

/**
 * Needs whose mention could harm somebody: all of mental health, substance use, safety and immigration, and
 * single needs of health, justice and family. What it means for figures: `docs/methods/disclosure.md`.
 */
const SENSITIVE_DOMAINS = new Set(["MEN", "SUB", "SAF", "IMM"]);
const SENSITIVE_NEEDS = new Set(["PHY-08", "JUS-04", "JUS-05", "JUS-06", "FAM-05"]);

/** Whether it could harm somebody to be known to have this need. */
export function isSensitiveNeed(need: Need): boolean {
  return SENSITIVE_DOMAINS.has(need.code.slice(0, 3)) || SENSITIVE_NEEDS.has(need.code);
}

/** A node of figures: one need, one domain, or any need. */
export type NeedNode =
  | { kind: "any"; number: typeof ANY_NODE; path: "*"; label: string }
  | { kind: "domain"; number: number; path: string; label: string; domain: Domain }
  | { kind: "need"; number: number; path: string; label: string; need: Need };

const ANY: NeedNode = { kind: "any", number: ANY_NODE, path: "*", label: "Any need" };

/** The node of a path: `*`, a domain code (`HOU`) or a need code (`HOU-04`); null when there is none. */
export function findNode(path: string): NeedNode | null {
  if (path === "*") return ANY;
  const domain = domainByCode.get(path);
  if (domain) return { kind: "domain", number: domain.number, path, label: domain.label, domain };
  const need = byCode.get(path);
  return need ? { kind: "need", number: need.number, path, label: need.label, need } : null;
}

/** The node of a storage number. Throws when no such number was ever given. */
export function getNodeByNumber(number: number): NeedNode {
  if (number === ANY_NODE) return ANY;
  const code = domainByNumber.get(number)?.code ?? byNumber.get(number)?.code;
  const node = code === undefined ? null : findNode(code);
  if (!node) throw new Error(`No node of figures has the number ${number}`);
  return node;
}

/** A sensitive node has the longer quota: a sensitive need, or a domain all of whose needs are sensitive. */
export function isSensitiveNode(node: NeedNode): boolean {
  if (node.kind === "any") return false;
  if (node.kind === "need") return isSensitiveNeed(node.need);
  return needsOf(node.domain).every(isSensitiveNeed);
}
