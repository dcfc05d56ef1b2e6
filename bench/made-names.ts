/**
 * Names of made people: as common as names are in the United Kingdom (a few are everywhere, most are rare, first names
 * go with the year of birth), and the other ways one name gets written. Lists and rates are this file's own and share
 * nothing with the tables that linking uses, so that made files are a fair trial of it.
 */

import type { Chance } from "../server/demo/random";

export type MadeSex = "F" | "M";

/** Picks by weight in logarithmic time; the first of a list is the commonest (Zipf's law with an exponent). */
class Ranked {
  readonly #names: readonly string[];
  readonly #upTo: Float64Array;

  constructor(names: readonly string[], exponent: number) {
    this.#names = names;
    this.#upTo = new Float64Array(names.length);
    let sum = 0;
    for (let rank = 0; rank < names.length; rank++) {
      sum += (rank + 1) ** -exponent;
      this.#upTo[rank] = sum;
    }
  }

  pick(chance: Chance): string {
    const at = chance.unit() * (this.#upTo.at(-1) ?? 0);
    let [low, high] = [0, this.#names.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#upTo[middle] ?? 0) > at) high = middle;
      else low = middle + 1;
    }
    return this.#names[low] ?? "";
  }
}

const list = (text: string) => text.trim().split(/\s+/);

/** First names by the year of birth from which they are common. */
const ERAS: readonly { from: number; F: Ranked; M: Ranked }[] = [
  {
    from: 0,
    F: new Ranked(
      list(`Margaret Mary Susan Jean Christine Patricia Barbara Sheila Maureen Joan Ann Dorothy Pauline Carol Joyce
        Eileen Brenda Sandra Kathleen Janet Elizabeth Linda Doreen Marion Irene Beryl Valerie June Sylvia Gillian
        Judith Rita Shirley Audrey Hilda Edna Elsie Vera Marjorie Phyllis Winifred Gladys Rosemary Josephine Anne
        Catherine Frances Veronica Norma Hazel Betty Freda Ivy Lilian Olive Agnes Bridget Morag Gwyneth Nora Thelma`),
      0.75,
    ),
    M: new Ranked(
      list(`John David Michael Peter Robert William James Brian Alan Kenneth Derek Ronald George Anthony Roy Raymond
        Thomas Dennis Keith Barry Roger Gordon Donald Eric Frank Norman Geoffrey Malcolm Stanley Leslie Arthur Terence
        Colin Graham Albert Frederick Harold Ernest Douglas Patrick Joseph Charles Gerald Bernard Trevor Victor Clive
        Leonard Francis Reginald Walter Cyril Sidney Hugh Hamish Angus Idris Emlyn Seamus Dermot Herbert Cecil`),
      0.75,
    ),
  },
  {
    from: 1960,
    F: new Ranked(
      list(`Sarah Nicola Karen Julie Susan Tracey Deborah Joanne Jacqueline Helen Alison Claire Sharon Michelle Amanda
        Lisa Samantha Louise Rachel Emma Dawn Rebecca Jane Angela Kelly Wendy Catherine Lesley Paula Donna Lorraine
        Victoria Beverley Andrea Diane Caroline Jennifer Maria Tina Kerry Heather Melanie Teresa Denise Gillian Sally
        Natalie Zoe Katherine Lynn Anna Ruth Fiona Mandy Gail Marie Yvonne Maxine Stephanie Vanessa Geraldine Siobhan
        Theresa Philippa Bernadette Annette Cheryl Debra Elaine Joanna Gaynor Rhian Sian Mairi Una Roisin Tamsin`),
      0.7,
    ),
    M: new Ranked(
      list(`David Paul Andrew Mark John Stephen Michael Ian Robert Richard Christopher Peter Simon Anthony Kevin Steven
        Gary Philip James Martin Neil Darren Alan Lee Jason Jonathan Nicholas Stuart Daniel Matthew William Graham Craig
        Adrian Wayne Dean Carl Colin Timothy Nigel Barry Keith Brian Sean Karl Tony Russell Patrick Shaun Justin Gareth
        Duncan Trevor Derek Raymond Robin Gavin Leon Damian Julian Dominic Gerard Glenn Declan Iain Alistair Huw Rhodri
        Jeremy Clifford Marcus Vincent Desmond Howard Warren Terry Clive Geraint Fergus Rory Niall Ross Grant`),
      0.7,
    ),
  },
  {
    from: 1985,
    F: new Ranked(
      list(`Jessica Laura Sophie Chloe Emily Charlotte Hannah Lauren Rebecca Amy Megan Emma Gemma Bethany Lucy Georgia
        Katie Rachel Danielle Natasha Olivia Abigail Samantha Holly Stephanie Eleanor Alice Kirsty Jade Amber Leanne
        Natalie Victoria Stacey Jennifer Ellie Molly Grace Ella Kimberley Hayley Zoe Jodie Paige Shannon Courtney
        Alexandra Daisy Phoebe Kayleigh Imogen Caitlin Naomi Melissa Francesca Isabella Poppy Freya Mia Evie Ruby Lily
        Amelia Isla Ava Niamh Eilidh Ffion Cerys Aoife Caoimhe Tegan Demi Chelsea Kiera Skye Summer Scarlett Matilda
        Harriet Jasmine Madeleine Rosie Esme Erin Lydia Tia Ebony Destiny Tabitha Beatrice Florence Willow Bonnie`),
      0.6,
    ),
    M: new Ranked(
      list(`Daniel James Thomas Jack Joshua Matthew Ryan Luke Samuel Jordan Adam Christopher Benjamin Joseph Liam Connor
        Alexander Callum Michael Oliver William Lewis Jake Nathan Kieran Harry George Aaron Charlie Jamie Robert Kyle
        Ashley Reece Bradley Scott Dominic Rhys Alfie Ethan Jacob Dylan Louis Max Cameron Tyler Sean Josh Owen Toby Leon
        Noah Leo Oscar Archie Henry Freddie Theo Mason Riley Kane Brandon Declan Shane Curtis Corey Elliot Zachary Finlay
        Gethin Iestyn Cian Oisin Ruaridh Lachlan Hayden Harvey Kai Jayden Aidan Marcus Spencer Sebastian Hugo Felix
        Jenson Logan Caleb Elijah Isaac Gabriel Austin Rowan Jude Ellis Morgan Blake Taylor Tyrone Jermaine Travis`),
      0.6,
    ),
  },
];

/** The commonest hundreds, and a long tail put together the way that English names of places are. */
const COMMON_FAMILY =
  list(`Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker
  White Roberts Green Hall Wood Jackson Clarke Thomas Hughes Edwards Harris Lewis Martin Clark Turner Hill Scott Cooper
  Morris Ward Moore King Watson Baker Harrison Morgan Young Allen Mitchell James Anderson Phillips Lee Bell Parker Davis
  Bennett Miller Cook Shaw Cox Collins Richardson Marshall Gray Carter Adams Ellis Wilkinson Murphy Chapman Foster
  Mason Russell Powell Webb Rogers Hunt Mills Holmes Palmer Matthews Gibson Fisher Barnes Knight Lloyd Butler Barker
  Thomson Price Stevens Jenkins Murray Dixon Simpson Graham Reynolds Fox Pearson Kelly Campbell Stewart Walsh Griffiths
  O'Brien MacDonald Robertson Ross Fraser Kennedy Sullivan O'Neill McCarthy Byrne Ryan Doyle Gallagher Brennan Murray
  Owen Rees Pritchard Parry Bowen Vaughan Howells Probert Bevan Watkins Fletcher Burton Hart Armstrong Day Dean Lawson
  Spencer Bird Dunn Harvey Kaye Riley Booth Bradley Carr Payne Woods Perry Ball Black Wells Cole Perkins Berry Newton
  Hawkins Lane Saunders Gardner Sharp Lawrence Hudson Elliott Bailey Reid Freeman Ford Warren Stone Nicholson Hayes
  Bishop Dawson Barrett Andrews Hopkins Hodgson Wheeler Read Gordon Francis Page Rose Grant Curtis Poole Austin Oliver
  Osborne Cross Frost Goodwin Burns Wallace Hamilton Henderson Johnston Paterson Kerr Hunter Duncan Ferguson Cameron
  Rowe Pearce Tucker Hobbs Potter Sutton Rhodes Moss French Parsons Steele Short Nash Marsh Slater Blackburn Sykes
  Crossley Heaton Haigh Holt Ashton Bolton Preston Lyons Conway Flynn Quinn Doherty Kavanagh Nolan Fitzgerald Maguire`);

const PLACE_STARTS =
  list(`Ash Black Bram Brad Brock Broad Burn Chad Clay Cold Cran Crow Dal Dun East Elms Fair Farn Fern
  Flint Gled Gold Grim Hard Hart Hasl Hather Hawk Hazel Heath Hen Hether High Hols Hor Hunt Keld King Lang Led Ling Lock
  Long Mal Marl Mel Mid Mill Nor Oak Old Orm Os Pem Penn Pick Pool Rad Raven Red Ring Rock Rush Sand Scar Sel Shel Ship
  Silver Skel Sout Stan Staf Stock Stan Suther Swin Tad Thorn Thur Tun Twist Wad Wal Water Wet Whit Wil Win Wood Wool
  Worth Wy Yar York`);
const PLACE_ENDS =
  list(`bank beck bourne bridge brook burn bury by cliffe combe cote croft dale den don ey field ford gate
  grave ham hill holme hurst ing land law leigh ley low man mere more ness over ridge royd sett shaw side stead stone
  stow thorpe thwaite ton tree wall well wick with wood worth yard`);
const RARE_FAMILY = PLACE_ENDS.flatMap((end) => PLACE_STARTS.map((start) => start + end));

interface Tradition {
  share: number;
  F: Ranked | null;
  M: Ranked | null;
  family: Ranked;
  /** Share of family names from the long tail. */
  rare: number;
}

/** Names from here and from elsewhere; null takes the names of the era. */
const TRADITIONS: readonly Tradition[] = [
  { share: 78, F: null, M: null, family: new Ranked(COMMON_FAMILY, 0.6), rare: 0.5 },
  {
    share: 10,
    F: new Ranked(
      list(`Aisha Fatima Zainab Maryam Khadija Nadia Sana Samina Rukhsana Shazia Parveen Saima Amina Hafsa Iqra Sumaya
        Nasreen Farzana Rahima Tahira Zahra Priya Anjali Sunita Kavita Harpreet Jaspreet Simran Manjit Deepa Meena`),
      0.5,
    ),
    M: new Ranked(
      list(`Mohammed Ahmed Ali Hassan Usman Imran Tariq Bilal Yusuf Ibrahim Abdul Rashid Kamran Shahid Naveed Hamza Asif
        Adnan Zubair Faisal Khalid Nadeem Waqas Raj Sanjay Amit Vikram Harjit Gurpreet Balwinder Sukhdev Rahul Anil`),
      0.8,
    ),
    family: new Ranked(
      list(`Khan Ahmed Patel Hussain Ali Singh Begum Akhtar Kaur Mahmood Iqbal Malik Shah Rahman Miah Chowdhury Uddin
        Islam Sheikh Qureshi Mirza Bhatti Sandhu Gill Dhillon Sharma Gupta Desai Joshi Mehta Rashid Aziz Hassan Bibi`),
      0.8,
    ),
    rare: 0,
  },
  {
    share: 6,
    F: new Ranked(
      list(`Anna Maria Katarzyna Agnieszka Magdalena Joanna Ewa Monika Elena Ioana Andreea Gabriela Svetlana Oksana
        Kristina Ramona Daiva Zuzanna Beata Dorota`),
      0.5,
    ),
    M: new Ranked(
      list(`Piotr Krzysztof Tomasz Pawel Marcin Michal Jakub Adrian Andrei Mihai Ionut Bogdan Florin Viktor Ivan Tomas
        Marek Lukasz Grzegorz Vasile`),
      0.5,
    ),
    family: new Ranked(
      list(`Nowak Kowalski Wisniewski Wojcik Kaminski Lewandowski Zielinski Szymanski Popescu Ionescu Radu Stan Dumitru
        Petrov Ivanov Kovalenko Kazlauskas Novak Horvath Dabrowski Mazur Krawczyk Popa Gheorghe Balan Rusu`),
      0.6,
    ),
    rare: 0,
  },
  {
    share: 6,
    F: new Ranked(
      list(`Blessing Grace Mercy Esther Ruth Comfort Patience Adaeze Ngozi Funmilayo Abena Akosua Hodan Halima Shanice
        Marcia Beverley Winsome Mei Ying Linh Thuy Maricel Yasmin Layla`),
      0.4,
    ),
    M: new Ranked(
      list(`Emmanuel Samuel Daniel Joseph Tunde Kwame Kofi Abdi Omar Winston Delroy Leroy Errol Tendai Chinedu Wei Jun
        Minh Duc Reza Amir Karim Jose Ramon Farhad`),
      0.4,
    ),
    family: new Ranked(
      list(`Okafor Adeyemi Mensah Owusu Boateng Asante Osei Abdi Farah Moyo Ncube Campbell Francis Joseph Grant Bailey
        Gordon Wong Chan Li Zhang Chen Nguyen Tran Santos Reyes Cruz Silva Ferreira Karimi Rahimi Adebayo Eze Balogun`),
      0.6,
    ),
    rare: 0,
  },
];

const RARE = new Ranked(RARE_FAMILY, 0.35);

/** A place, as family names of the long tail are made: some four thousand of them. */
export function makePlaceName(chance: Chance): string {
  return chance.pick(RARE_FAMILY);
}

/** Which part of the population a household's names come from. */
export function pickTradition(chance: Chance): Tradition {
  return chance.weighted(TRADITIONS, ({ share }) => share);
}

/** A family name of a household: one of its tradition, at times a rare one or two with a hyphen between. */
export function makeFamilyName(chance: Chance, tradition: Tradition): string {
  const one = chance.happens(tradition.rare) ? RARE.pick(chance) : tradition.family.pick(chance);
  if (tradition.rare === 0 || !chance.happens(0.015)) return one;
  return `${one}-${tradition.family.pick(chance)}`;
}

/** A first name of somebody born in a year: as common then, or of the tradition of their household. */
export function makeFirstName(chance: Chance, tradition: Tradition, sex: MadeSex, year: number): string {
  const own = tradition[sex];
  // In a quarter of families from elsewhere a child born here has a name that is common here.
  if (own && !(year > 1985 && chance.happens(0.25))) return own.pick(chance);
  const era = ERAS.findLast(({ from }) => from <= year) ?? ERAS[0];
  return era?.[sex].pick(chance) ?? "";
}

/** Each line: ways to write or say one name. */
const WAYS: readonly (readonly string[])[] = `
  Margaret Maggie Peggy Meg Marge|Christine Chris Chrissie|Patricia Pat Trish Tricia|Barbara Barb Babs|Susan Sue Suzie
  Elizabeth Liz Beth Betty Lizzie Elisabeth|Catherine Katherine Kathryn Cathy Kate Katie Kathy|Kathleen Kath Kathy Cathleen
  Janet Jan|Sandra Sandy|Pamela Pam|Gillian Gill Jill Jillian|Judith Judy|Valerie Val|Rosemary Rose Rosie|Josephine Jo Josie
  Jacqueline Jackie Jacqui|Deborah Debbie Deb Debra|Nicola Nicky Nikki|Tracey Tracy|Joanne Jo Joanna Jo-Anne|Alison Allison Ali
  Claire Clare Clair|Sharon Shaz|Michelle Shell Michele|Amanda Mandy|Samantha Sam Sammy|Rachel Rachael|Rebecca Becky Bex Becca
  Angela Angie|Victoria Vicky Vicki Tori|Jennifer Jenny Jen|Teresa Theresa Terri|Stephanie Steph Steff|Philippa Pippa Pip
  Natalie Nat|Natasha Tash Tasha|Charlotte Charlie Lottie|Jessica Jess Jessie|Danielle Dani Danni|Abigail Abi Abbie Gail
  Eleanor Ellie Nell|Alexandra Alex Sandra Lexi|Bethany Beth|Francesca Fran Chess|Isabella Izzy Bella Isobel|Sarah Sara Sally
  Sophie Sofie Sophia|Hannah Hanna|Emily Em Emilie|Kimberley Kim Kimberly|Madeleine Maddy Madeline|Harriet Hattie|Imogen Immy
  Kayleigh Kayley Kaylee|Caitlin Kaitlyn Katelyn|Niamh Neve|Sian Shan|Siobhan Shiv|Leanne Lee-Anne|Lynn Lynne Lyn|Anne Ann Annie
  William Bill Will Billy Willie Liam|Robert Rob Bob Bobby Robbie|Richard Rich Dick Ricky Rick|James Jim Jimmy Jamie|John Jon Jack Johnny
  Michael Mike Mick Mickey|David Dave Davey|Thomas Tom Tommy|Anthony Tony Antony Ant|Christopher Chris Kris Kit|Kenneth Ken Kenny
  Ronald Ron Ronnie|Raymond Ray|Dennis Den Denis|Donald Don Donnie|Gordon Gord|Stephen Steven Steve Stevie|Philip Phil Phillip
  Geoffrey Geoff Jeff Jeffrey|Terence Terry Tel|Frederick Fred Freddie|Leslie Les Lesley|Albert Bert Bertie|Ernest Ernie
  Joseph Joe Joey|Charles Charlie Chas Chuck|Gerald Gerry Jerry|Francis Frank Frankie|Edward Ed Ted Eddie|Andrew Andy Drew
  Nicholas Nick Nicky Nicolas|Jonathan Jon Jonny Johnathan|Matthew Matt Mathew|Daniel Dan Danny|Timothy Tim|Gary Garry Gaz
  Darren Daz Darran|Ian Iain|Alan Allan Allen Al|Graham Graeme|Stuart Stewart Stu|Sean Shaun Shawn|Carl Karl|Gareth Gaz Garth
  Gavin Gav|Kevin Kev|Keith Kieth|Lee Leigh|Craig Craigy|Samuel Sam Sammy|Benjamin Ben Benny|Joshua Josh|Alexander Alex Sandy Xander
  Zachary Zak Zach|Callum Calum|Connor Conor|Kieran Kieron Ciaran|Aaron Aron|Reece Rhys|Bradley Brad|Cameron Cam|Dominic Dom
  Nathan Nate|Jacob Jake|Oliver Ollie Olly|Henry Harry Hal|Harold Harry|Lewis Louis|Elliot Eliot Elliott|Finlay Finley Fin
  Mohammed Muhammad Mohamed Mohammad Mo Md|Ahmed Ahmad|Yusuf Yousef Youssef|Hassan Hasan|Usman Osman|Ibrahim Ebrahim|Abdul Abdel
  Hussain Hussein|Aisha Ayesha Aysha|Fatima Fatema|Zainab Zaynab|Maryam Mariam|Amina Aminah|Priya Pri|Sanjay Sunjay|Katarzyna Kasia
  Agnieszka Aga|Krzysztof Kris|Tomasz Tomek Thomas|Pawel Paul|Piotr Peter|Jakub Kuba Jacob|Andrei Andre Andrew|Mihai Michael
  Thompson Thomson|Clark Clarke|Davies Davis|Green Greene|Reid Read Reed|Brown Browne|Smith Smyth Smythe|Phillips Philips
  Matthews Mathews|Stevens Stephens|Johnston Johnstone Johnson|Allen Allan|Nicholson Nicolson|Elliott Elliot|Gray Grey|Shaw Shore
  MacDonald McDonald Macdonald|O'Brien OBrien|O'Neill ONeill|Rahman Rehman|Chowdhury Choudhury Chaudhry|Miah Mia|Hussain Hussein
  Ahmed Ahmad|Sheikh Shaikh|Begum Begam|Mahmood Mehmood|Akhtar Akhter|Kowalski Kowalska|Popescu Popesku|Owen Owens|Rees Reece Rhys`
  .split(/[|\n]/)
  .map(list)
  .filter((ways) => ways.length > 1);

const OTHER_WAYS = new Map<string, string[]>();
for (const ways of WAYS) {
  for (const way of ways) {
    OTHER_WAYS.set(way, [...(OTHER_WAYS.get(way) ?? []), ...ways.filter((other) => other !== way)]);
  }
}

/** Another way to write or say a name; null when there is none. */
export function anotherWay(chance: Chance, name: string): string | null {
  const ways = OTHER_WAYS.get(name);
  return ways ? chance.pick(ways) : null;
}
